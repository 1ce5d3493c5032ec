import { ConfigPart } from '../parts/ConfigPart.tsx';
import { DefaultsForm } from './DefaultsForm.tsx';

export function DefaultsTab() {
  return <ConfigPart>{({ routing }) => <DefaultsForm now={routing} />}</ConfigPart>;
}

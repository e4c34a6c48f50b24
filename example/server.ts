import {createApplication} from './server/application.ts';
import {listen} from './server/listen.ts';

listen(createApplication());

// Sign-in and sign-out belong to our own page; the webapp's own sign-in view must never appear.
import { expired, leave } from './house.js';

export default {
  run: ['$rootScope', $rootScope => {
    $rootScope.$on('authentication.logout.success', event => { event.preventDefault(); leave('/login?out'); });
    $rootScope.$on('authentication.login.required', event => { event.preventDefault(); expired(); });
  }]
};

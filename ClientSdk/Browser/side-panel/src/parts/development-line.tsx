export const DevelopmentLine = () => <p class="sign-in quiet">Development mode: nobody signs in, and only this computer is served.</p>;

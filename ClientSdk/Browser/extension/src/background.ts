// A click on the icon opens the panel beside the tab, and lets it capture that tab's sound (`activeTab`). The panel itself holds the call's socket:
// a service worker is stopped whenever it has been idle.
chrome.action.onClicked.addListener(({ windowId }) => void chrome.sidePanel.open({ windowId }));

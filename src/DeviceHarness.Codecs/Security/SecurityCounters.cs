namespace DeviceHarness.Codecs.Security;

/// <summary>The invocation counters of an association's global keys.</summary>
/// <param name="Send">What this side sends with the unicast key, and with the dedicated key.</param>
/// <param name="Receive">What the other side sent with the unicast key.</param>
/// <param name="BroadcastSend">What this side sends with the broadcast key; null when it never does.</param>
/// <param name="BroadcastReceive">What was received with the broadcast key; null when it is not taken.</param>
public sealed record SecurityCounters(
    SendCounter Send, ReceiveCounter Receive, SendCounter? BroadcastSend = null, ReceiveCounter? BroadcastReceive = null);

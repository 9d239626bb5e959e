namespace DeviceHarness.Rpc.Tests.Echo;

/// <summary>On a request: what the echo service has its client told when the server stops.</summary>
/// <param name="Text">The text of the status.</param>
public sealed record StopText(string Text);

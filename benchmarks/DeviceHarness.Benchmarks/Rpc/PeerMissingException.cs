namespace DeviceHarness.Benchmarks.Rpc;

/// <summary>The program that a loop measures beside ours is not on this machine.</summary>
internal sealed class PeerMissingException(string message, Exception inner) : Exception(message, inner);

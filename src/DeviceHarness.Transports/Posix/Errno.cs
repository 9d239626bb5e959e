namespace DeviceHarness.Transports.Posix;

/// <summary>The system errors that the transports tell apart; the same on x86-64 and arm64.</summary>
internal static class Errno
{
    internal const int Interrupted = 4;
    internal const int InputOutput = 5;
    internal const int NoSuchAddress = 6;
    internal const int TryAgain = 11;
    internal const int Busy = 16;
    internal const int NoDevice = 19;
    internal const int NotATerminal = 25;
    internal const int RemoteInputOutput = 121;
}

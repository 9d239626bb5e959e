namespace DeviceHarness.Transports.Posix;

/// <summary>Flags and control requests of terminals; the same on x86-64 and arm64.</summary>
internal static class TtyRequest
{
    internal const int OpenReadWrite = 0x2;
    internal const int OpenNoControllingTerminal = 0x100;
    internal const int OpenNonBlocking = 0x800;
    internal const int OpenCloseOnExec = 0x80000;

    /// <summary>Without NOCTTY a service can get the port as its controlling terminal and die of its hang-up; without NONBLOCK the open
    /// waits for carrier.</summary>
    internal const int OpenPort = OpenReadWrite | OpenNoControllingTerminal | OpenNonBlocking | OpenCloseOnExec;

    internal const int LockExclusiveNonBlocking = 2 | 4;

    internal const uint Exclusive = 0x540C;
    internal const uint Flush = 0x540B;
    internal const nint FlushInput = 0;
    internal const nint FlushBoth = 2;
    internal const uint ModemSetBits = 0x5416;
    internal const uint ModemClearBits = 0x5417;
    internal const int ModemDtr = 2;
    internal const int ModemRts = 4;
    internal const uint LineCounters = 0x545D;
    internal const uint GetSerial = 0x541E;
    internal const uint SetSerial = 0x541F;
    internal const uint PtyUnlock = 0x4004_5431;
    internal const uint PtyNumber = 0x8004_5430;
    internal const uint PtyOpenPeer = 0x5441;
}

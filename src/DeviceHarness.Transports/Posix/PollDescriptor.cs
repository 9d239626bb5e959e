using System.Runtime.InteropServices;

namespace DeviceHarness.Transports.Posix;

/// <summary><c>struct pollfd</c>, 8 octets.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    internal const short In = 1;
    internal const short Out = 4;
    internal const short Error = 8;
    internal const short HangUp = 0x10;

    /// <summary>The descriptor; a negative one is passed over.</summary>
    public int Descriptor;

    /// <summary>What to wait for; hang-up and error are always told.</summary>
    public short Events;

    /// <summary>What happened.</summary>
    public short Returned;
}

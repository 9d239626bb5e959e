using System.Runtime.InteropServices;

namespace DeviceHarness.Transports.Posix;

/// <summary>The kernel's <c>struct termios2</c>, 44 octets: any baud rate as a plain number, and no libc layout involved.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal unsafe struct Termios2
{
    internal const uint GetRequest = 0x802C_542A;
    internal const uint SetRequest = 0x402C_542B;
    internal const uint SetDrainedRequest = 0x402C_542C;

    internal const uint BaudOther = 0x1000;
    internal const uint CharacterSizeMask = 0x30;
    internal const uint CharacterSize7 = 0x20;
    internal const uint CharacterSize8 = 0x30;
    internal const uint EnableReceiver = 0x80;
    internal const uint EnableParity = 0x100;
    internal const uint IgnoreModemLines = 0x800;
    internal const uint CheckInputParity = 0x10;
    internal const uint RequestAndClearToSend = 0x8000_0000;

    private const int TimeIndex = 5;
    private const int MinimumIndex = 6;

    /// <summary>Input, output, control and local modes.</summary>
    public uint Iflag, Oflag, Cflag, Lflag;

    /// <summary>The line discipline.</summary>
    public byte Line;

    /// <summary>Control characters; VTIME is [5], VMIN is [6].</summary>
    public fixed byte Cc[19];

    /// <summary>Input and output speed in baud.</summary>
    public uint Ispeed, Ospeed;

    /// <summary>Makes the line raw: no editing, no echo, no translation, a read of 0 octets then means hang-up.</summary>
    /// <param name="baud">Bits per second.</param>
    /// <param name="isSevenEven">True for 7E1, false for 8N1.</param>
    /// <param name="hasFlowControl">Whether RTS and CTS hold the senders back; else nothing does.</param>
    internal void SetRaw(uint baud, bool isSevenEven, bool hasFlowControl)
    {
        Oflag = 0;
        Lflag = 0;
        Iflag = isSevenEven ? CheckInputParity : 0;
        Cflag = BaudOther | EnableReceiver | IgnoreModemLines | (isSevenEven ? CharacterSize7 | EnableParity : CharacterSize8)
            | (hasFlowControl ? RequestAndClearToSend : 0);
        Cc[TimeIndex] = 0;
        Cc[MinimumIndex] = 1;
        Ispeed = baud;
        Ospeed = baud;
    }
}

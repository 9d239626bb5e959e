using System.Buffers.Binary;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Transports.Rfc2217;

/// <summary>The messages of the Telnet com port option.</summary>
/// <remarks>Spec: RFC 2217, section 3; binary transmission is RFC 856, suppress go ahead RFC 858.</remarks>
internal static class ComPortOption
{
    internal const byte Binary = 0;
    internal const byte SuppressGoAhead = 3;
    internal const byte ComPort = 44;

    internal const byte SetBaudRate = 1;
    internal const byte SetDataSize = 2;
    internal const byte SetParity = 3;
    internal const byte SetStopSize = 4;
    internal const byte SetControl = 5;
    internal const byte PurgeData = 12;

    /// <summary>What the server adds to a command's number when it says what holds now.</summary>
    internal const byte FromServer = 100;

    internal const byte NoParity = 1;
    internal const byte EvenParity = 3;
    internal const byte OneStopBit = 1;
    internal const byte NoFlowControl = 1;
    internal const byte DtrOn = 8;
    internal const byte RtsOn = 11;
    internal const byte PurgeBoth = 3;

    /// <summary>The messages that set a line, in the order in which they are sent, by command.</summary>
    internal static IReadOnlyList<(byte Command, byte[] Value)> Of(LineSetting setting)
    {
        byte[] baud = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(baud, (uint)setting.Baud);
        bool isSevenEven = setting.Format == SerialFormat.SevenEven1;
        return
        [
            (SetBaudRate, baud),
            (SetDataSize, [(byte)(isSevenEven ? 7 : 8)]),
            (SetParity, [isSevenEven ? EvenParity : NoParity]),
            (SetStopSize, [OneStopBit]),
        ];
    }

    /// <summary>Writes a subnegotiation of the option.</summary>
    internal static void Write(List<byte> target, byte command, ReadOnlySpan<byte> value)
    {
        target.AddRange([TelnetDecoder.Interpret, TelnetDecoder.Begin, ComPort, command]);
        WriteData(target, value);
        target.AddRange([TelnetDecoder.Interpret, TelnetDecoder.End]);
    }

    /// <summary>Writes octets of the line: the one that begins a command stands twice.</summary>
    internal static void WriteData(List<byte> target, ReadOnlySpan<byte> octets)
    {
        foreach (byte octet in octets)
        {
            target.Add(octet);
            if (octet == TelnetDecoder.Interpret)
            {
                target.Add(octet);
            }
        }
    }
}

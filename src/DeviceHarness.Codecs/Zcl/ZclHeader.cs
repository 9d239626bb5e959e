using System.Buffers;

namespace DeviceHarness.Codecs.Zcl;

/// <summary>The header of a ZCL frame.</summary>
/// <remarks>
/// Spec: ZigBee Cluster Library, general frame format.
/// <code>
/// frame control 1 | [manufacturer code 2] | sequence 1 | command 1
/// frame control: bits 1-0 type, 2 manufacturer specific, 3 from the server, 4 disable default response
/// </code>
/// </remarks>
/// <param name="Type">Who gives the command its meaning.</param>
/// <param name="From">The side that sends the frame.</param>
/// <param name="Sequence">The transaction that request and response share.</param>
/// <param name="Command">The command's number.</param>
public readonly record struct ZclHeader(ZclFrameType Type, ZclSide From, byte Sequence, byte Command)
{
    /// <summary>The most octets of a header.</summary>
    public const int MaximumOctets = 5;

    internal const string Clause = "ZigBee Cluster Library, frame control";

    private const byte TypeMask = 0x03;
    private const byte ManufacturerBit = 0x04;
    private const byte ServerBit = 0x08;
    private const byte DisableBit = 0x10;

    /// <summary>The manufacturer whose extension the command is; null for one of the library.</summary>
    public ushort? ManufacturerCode { get; init; }

    /// <summary>True when a default response is wanted only for a failure.</summary>
    public bool DisableDefaultResponse { get; init; }

    /// <summary>True for the global command <paramref name="command"/>.</summary>
    /// <param name="command">The command.</param>
    public bool Is(GlobalCommand command) => Type == ZclFrameType.Global && Command == (byte)command;

    /// <summary>The header of an answer: the other way, of the same transaction, and not answered by default.</summary>
    /// <param name="type">Who gives the answer its meaning.</param>
    /// <param name="command">The answer's command number.</param>
    public ZclHeader Answer(ZclFrameType type, byte command)
    {
        ZclSide from = From == ZclSide.Server ? ZclSide.Client : ZclSide.Server;
        return new(type, from, Sequence, command) { ManufacturerCode = ManufacturerCode, DisableDefaultResponse = true };
    }

    /// <summary>Decodes the header that the octets start with.</summary>
    /// <param name="source">The frame.</param>
    /// <param name="header">The header, when done.</param>
    /// <param name="consumedOctets">The header's octets when done, otherwise 0; the payload follows.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out ZclHeader header, out int consumedOctets, out CodecFault fault)
    {
        ZclReader reader = new(source);
        TryRead(ref reader, out header);
        return reader.Complete(out consumedOctets, out fault);
    }

    private static bool TryRead(scoped ref ZclReader reader, out ZclHeader header)
    {
        header = default;
        if (!reader.TryReadOctet(out byte control))
        {
            return false;
        }

        if ((control & TypeMask) > (byte)ZclFrameType.Cluster)
        {
            return reader.Fail(new(CodecFaultKind.UnexpectedValue, reader.ConsumedOctets - 1, -1, control, Clause));
        }

        ushort manufacturer = 0;
        bool hasManufacturer = (control & ManufacturerBit) != 0;
        if ((hasManufacturer && !reader.TryReadUInt16(out manufacturer))
            || !reader.TryReadOctet(out byte sequence) || !reader.TryReadOctet(out byte command))
        {
            return false;
        }

        ZclSide from = (control & ServerBit) != 0 ? ZclSide.Server : ZclSide.Client;
        header = new((ZclFrameType)(control & TypeMask), from, sequence, command)
        {
            ManufacturerCode = hasManufacturer ? manufacturer : null,
            DisableDefaultResponse = (control & DisableBit) != 0,
        };
        return true;
    }

    internal void Write(scoped ref ZclWriter writer)
    {
        writer.WriteOctet((byte)((byte)Type | (ManufacturerCode is null ? 0 : ManufacturerBit)
            | (From == ZclSide.Server ? ServerBit : 0) | (DisableDefaultResponse ? DisableBit : 0)));
        if (ManufacturerCode is { } manufacturer)
        {
            writer.WriteUInt16(manufacturer);
        }

        writer.WriteOctet(Sequence);
        writer.WriteOctet(Command);
    }
}

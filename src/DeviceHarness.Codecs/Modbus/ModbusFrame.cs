using System.Buffers;
using System.Buffers.Binary;
using DeviceHarness.Codecs.Crc;

namespace DeviceHarness.Codecs.Modbus;

/// <summary>A message of Modbus on a serial line (RTU).</summary>
/// <remarks>
/// Spec: MODBUS over Serial Line V1.02, 2.5.1.
/// <code>
/// address 1 | function 1 | data 0..252 | CRC 2, low octet first
/// </code>
/// The line tells frames apart by silence alone: whoever reads one has to know its length.
/// </remarks>
/// <param name="Address">The board, 1 to 247; 0 for all, which answer nothing.</param>
/// <param name="Function">The function code; with bit 7 set in an answer that is an exception.</param>
/// <param name="Data">What follows it.</param>
public readonly record struct ModbusFrame(byte Address, byte Function, ReadOnlyMemory<byte> Data)
{
    /// <summary>Read Coils (MODBUS Application Protocol V1.1b3, 6.1).</summary>
    public const byte ReadCoils = 0x01;

    /// <summary>Write Single Coil (6.5).</summary>
    public const byte WriteSingleCoil = 0x05;

    /// <summary>Set in the function code of an exception (7).</summary>
    public const byte ExceptionBit = 0x80;

    /// <summary>The value that closes a coil (6.5).</summary>
    public const ushort CoilOn = 0xFF00;

    /// <summary>The value that opens a coil (6.5).</summary>
    public const ushort CoilOff = 0x0000;

    /// <summary>The shortest frame: an address, a function and the checksum.</summary>
    public const int MinimumOctets = 2 + Crc16Modbus.OctetCount;

    /// <summary>The longest frame.</summary>
    public const int MaximumOctets = 256;

    private const string Clause = "MODBUS over Serial Line V1.02 2.5.1";

    /// <summary>A frame whose data are two 16-bit values, as all requests for coils have.</summary>
    /// <param name="address">The board.</param>
    /// <param name="function">The function code.</param>
    /// <param name="first">The first value.</param>
    /// <param name="second">The second value.</param>
    public static ModbusFrame OfTwo(byte address, byte function, ushort first, ushort second)
    {
        byte[] data = new byte[2 * sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(data, first);
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(sizeof(ushort)), second);
        return new ModbusFrame(address, function, data);
    }

    /// <summary>Encodes the frame.</summary>
    /// <exception cref="InvalidOperationException">The data are longer than a frame takes.</exception>
    public byte[] Encode()
    {
        int length = MinimumOctets + Data.Length;
        if (length > MaximumOctets)
        {
            throw new InvalidOperationException($"a Modbus frame of {length} octets, at most {MaximumOctets} are allowed");
        }

        byte[] octets = new byte[length];
        octets[0] = Address;
        octets[1] = Function;
        Data.Span.CopyTo(octets.AsSpan(2));
        int end = length - Crc16Modbus.OctetCount;
        BinaryPrimitives.WriteUInt16LittleEndian(octets.AsSpan(end), Crc16Modbus.Compute(octets.AsSpan(0, end)));
        return octets;
    }

    /// <summary>Reads a frame. Nothing in it says where it ends: the silence after it does.</summary>
    /// <param name="source">All its octets, and no others.</param>
    /// <param name="frame">The frame, when done; its data are a copy.</param>
    /// <param name="fault">What is wrong, when invalid.</param>
    public static OperationStatus ReadWhole(ReadOnlySpan<byte> source, out ModbusFrame frame, out CodecFault fault)
    {
        frame = default;
        fault = CodecFault.None;
        if (source.Length is < MinimumOctets or > MaximumOctets)
        {
            fault = new(CodecFaultKind.BadLength, 0, MinimumOctets, source.Length, Clause);
            return OperationStatus.InvalidData;
        }

        int end = source.Length - Crc16Modbus.OctetCount;
        ushort told = BinaryPrimitives.ReadUInt16LittleEndian(source[end..]);
        ushort computed = Crc16Modbus.Compute(source[..end]);
        if (told != computed)
        {
            fault = new(CodecFaultKind.BadChecksum, end, computed, told, Clause);
            return OperationStatus.InvalidData;
        }

        frame = new ModbusFrame(source[0], source[1], source[2..end].ToArray());
        return OperationStatus.Done;
    }
}

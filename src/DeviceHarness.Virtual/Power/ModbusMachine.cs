using System.Buffers;
using System.Buffers.Binary;
using DeviceHarness.Codecs.Modbus;

namespace DeviceHarness.Virtual.Power;

/// <summary>A Modbus server of coils on a serial line (RTU).</summary>
/// <remarks>
/// Spec: MODBUS Application Protocol V1.1b3, 6.1, 6.5, 6.11 and 7; MODBUS over Serial Line V1.02, 2.2 to 2.5.
/// A frame whose length its function tells, and whose checksum is right, is taken when its last octet came; all else when the line was
/// silent. What is damaged, or for another address, is passed over; address 0 is obeyed and not answered.
/// </remarks>
/// <param name="options">The board.</param>
/// <param name="coils">The coils.</param>
internal sealed class ModbusMachine(RelayBoardOptions options, CoilBank coils) : IBoardMachine
{
    private const byte ReadCoils = 0x01;
    private const byte WriteSingleCoil = 0x05;
    private const byte WriteMultipleCoils = 0x0F;
    private const byte Refusal = 0x80;

    private const byte IllegalFunction = 0x01;
    private const byte IllegalDataAddress = 0x02;
    private const byte IllegalDataValue = 0x03;

    private const byte Broadcast = 0;
    private const int MaximumOctets = 256;
    private const int MaximumRead = 2000;
    private const int MaximumWritten = 1968;
    private const int CoilsAnOctet = 8;

    /// <summary>Address, function and two values, as all these requests begin; and the checksum.</summary>
    private const int HeadOctets = 6;
    private const int ChecksumOctets = 2;

    private readonly List<byte> _received = [];

    /// <summary>How many octets wait for the end of their frame: at most one more than the longest frame has, which is enough to know that
    /// it is none.</summary>
    internal int HeldOctets => _received.Count;

    /// <inheritdoc/>
    public byte[] Receive(ReadOnlySpan<byte> octets, TimeSpan now)
    {
        _received.AddRange(octets[..Math.Min(octets.Length, MaximumOctets + 1 - _received.Count)]);
        List<byte> answers = [];
        while (RequestOctets() is { } length && _received.Count >= length
            && ModbusFrame.ReadWhole(_received.Take(length).ToArray(), out ModbusFrame request, out _) == OperationStatus.Done)
        {
            _received.RemoveRange(0, length);
            answers.AddRange(Answer(request, now));
        }

        return [.. answers];
    }

    /// <inheritdoc/>
    public byte[] EndOfFrame(TimeSpan now)
    {
        byte[] whole = [.. _received];
        _received.Clear();
        return ModbusFrame.ReadWhole(whole, out ModbusFrame request, out _) == OperationStatus.Done ? Answer(request, now) : [];
    }

    /// <inheritdoc/>
    public void Reset() => _received.Clear();

    private int? RequestOctets() => _received.Count < 2 ? null : _received[1] switch
    {
        ReadCoils or WriteSingleCoil => HeadOctets + ChecksumOctets,
        WriteMultipleCoils when _received.Count > HeadOctets => HeadOctets + 1 + _received[HeadOctets] + ChecksumOctets,
        _ => null,
    };

    private byte[] Answer(ModbusFrame request, TimeSpan now)
    {
        if (request.Address != options.Address && request.Address != Broadcast)
        {
            return [];
        }

        ReadOnlySpan<byte> data = request.Data.Span;
        (byte Exception, byte[] Data) result = request.Function switch
        {
            ReadCoils => Read(data),
            WriteSingleCoil => WriteSingle(data, now),
            WriteMultipleCoils => WriteMultiple(data, now),
            _ => (IllegalFunction, []),
        };
        if (request.Address == Broadcast || Has(RelayBoardDefects.Silent))
        {
            return [];
        }

        byte[] answer = result.Exception == 0
            ? new ModbusFrame(request.Address, request.Function, result.Data).Encode()
            : new ModbusFrame(request.Address, (byte)(request.Function | Refusal), new[] { result.Exception }).Encode();
        answer[^1] ^= Has(RelayBoardDefects.BadCrc) ? byte.MaxValue : byte.MinValue;
        return answer;
    }

    private (byte Exception, byte[] Data) Read(ReadOnlySpan<byte> data)
    {
        if (data.Length != 4 || Second(data) is < 1 or > MaximumRead)
        {
            return (IllegalDataValue, []);
        }

        int first = First(data);
        int quantity = Second(data);
        if (first + quantity > coils.Count)
        {
            return (IllegalDataAddress, []);
        }

        byte[] states = new byte[1 + OctetsOf(quantity)];
        states[0] = (byte)(states.Length - 1);
        for (int index = 0; index < quantity; index++)
        {
            states[1 + (index / CoilsAnOctet)] |= (byte)(coils.IsDriven(first + index) ? 1 << (index % CoilsAnOctet) : 0);
        }

        return (0, states);
    }

    private (byte Exception, byte[] Data) WriteSingle(ReadOnlySpan<byte> data, TimeSpan now)
    {
        if (data.Length != 4 || Second(data) is not (0x0000 or 0xFF00))
        {
            return (IllegalDataValue, []);
        }

        if (First(data) >= coils.Count)
        {
            return (IllegalDataAddress, []);
        }

        coils.Set(First(data), Second(data) != 0, now);
        return (0, data.ToArray());
    }

    private (byte Exception, byte[] Data) WriteMultiple(ReadOnlySpan<byte> data, TimeSpan now)
    {
        if (data.Length < 5 || Second(data) is < 1 or > MaximumWritten
            || data[4] != OctetsOf(Second(data)) || data.Length != 5 + data[4])
        {
            return (IllegalDataValue, []);
        }

        int first = First(data);
        int quantity = Second(data);
        if (first + quantity > coils.Count)
        {
            return (IllegalDataAddress, []);
        }

        for (int index = 0; index < quantity; index++)
        {
            coils.Set(first + index, (data[5 + (index / CoilsAnOctet)] & (1 << (index % CoilsAnOctet))) != 0, now);
        }

        return (0, data[..4].ToArray());
    }

    private static int OctetsOf(int quantity) => (quantity + CoilsAnOctet - 1) / CoilsAnOctet;

    private static int First(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt16BigEndian(data);

    private static int Second(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt16BigEndian(data[sizeof(ushort)..]);

    private bool Has(RelayBoardDefects defect) => (options.Defects & defect) != 0;
}

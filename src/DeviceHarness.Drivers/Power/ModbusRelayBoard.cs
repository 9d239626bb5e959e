using System.Buffers;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Modbus;

namespace DeviceHarness.Drivers.Power;

/// <summary>A relay board that speaks Modbus on a serial line: one coil a channel, driven by Write Single Coil and read back by Read
/// Coils.</summary>
/// <remarks>Spec: MODBUS Application Protocol V1.1b3, 6.1, 6.5 and 7. A request is asked again when no sound answer comes: driving a coil
/// to where it stands changes nothing. One caller at a time.</remarks>
/// <param name="line">The board's line, 8N1.</param>
/// <param name="address">The board's address, 1 to 247.</param>
/// <param name="patience">How long an answer may take.</param>
public sealed class ModbusRelayBoard(IByteTransport line, byte address, TimeSpan patience) : IRelayBoard
{
    /// <summary>How often a request is sent at most.</summary>
    public const int Tries = 3;

    /// <summary>How long an answer may take when nothing else is said: boards answer within some ten milliseconds.</summary>
    public static readonly TimeSpan UsualPatience = TimeSpan.FromMilliseconds(500);

    private const int ExceptionOctets = 5;
    private const int CoilAnswerOctets = 8;
    private const int OneCoilAnswerOctets = 6;

    private readonly byte[] _received = new byte[ModbusFrame.MaximumOctets];

    /// <inheritdoc/>
    /// <exception cref="Abstractions.Errors.TransportException">POWER-001 silent, POWER-002 refused, POWER-003 it says
    /// otherwise.</exception>
    public async Task SetAsync(int channel, bool isEnergised, CancellationToken cancellationToken)
    {
        ushort coil = CoilOf(channel);
        ModbusFrame request = ModbusFrame.OfTwo(
            address, ModbusFrame.WriteSingleCoil, coil, isEnergised ? ModbusFrame.CoilOn : ModbusFrame.CoilOff);
        ModbusFrame answer = await AskAsync(channel, request, CoilAnswerOctets, cancellationToken).ConfigureAwait(false);

        // The answer repeats the request (6.5). What the board drives now is asked all the same: it costs one exchange.
        bool isEcho = answer.Data.Span.SequenceEqual(request.Data.Span);
        if (!isEcho || await ReadAsync(channel, cancellationToken).ConfigureAwait(false) != isEnergised)
        {
            throw RelayFaults.Differs(line.Name, channel, isEnergised);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="Abstractions.Errors.TransportException">POWER-001 silent, POWER-002 refused.</exception>
    public async Task<bool?> ReadAsync(int channel, CancellationToken cancellationToken)
    {
        ModbusFrame request = ModbusFrame.OfTwo(address, ModbusFrame.ReadCoils, CoilOf(channel), 1);
        ModbusFrame answer = await AskAsync(channel, request, OneCoilAnswerOctets, cancellationToken).ConfigureAwait(false);

        // One octet of status, and the first coil asked is its lowest bit (6.1).
        return answer.Data.Span is [1, byte status] ? (status & 1) != 0 : throw RelayFaults.Refused(line.Name, channel, "no status came");
    }

    private static ushort CoilOf(int channel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channel, 1);
        return checked((ushort)(channel - 1));
    }

    private async Task<ModbusFrame> AskAsync(int channel, ModbusFrame request, int answerOctets, CancellationToken cancellationToken)
    {
        byte[] octets = request.Encode();
        for (int i = 0; i < Tries; i++)
        {
            line.DiscardInput();
            await line.WriteAsync(octets, cancellationToken).ConfigureAwait(false);
            if (await ReceiveAsync(request, answerOctets, cancellationToken).ConfigureAwait(false) is not { } answer)
            {
                continue;
            }

            return answer.Function == request.Function
                ? answer
                : throw RelayFaults.Refused(line.Name, channel, ExceptionText(answer));
        }

        throw RelayFaults.Silent(line.Name, Tries);
    }

    /// <summary>Receives the answer to a request.</summary>
    /// <returns>Null when none came that is sound and of this board.</returns>
    private async Task<ModbusFrame?> ReceiveAsync(ModbusFrame request, int answerOctets, CancellationToken cancellationToken)
    {
        int count = 0;
        int wanted = ExceptionOctets;
        while (count < wanted)
        {
            TransportRead read = await line
                .ReadAsync(_received.AsMemory(count, wanted - count), patience, cancellationToken).ConfigureAwait(false);
            if (read.TimedOut)
            {
                return null;
            }

            count += read.Count;
            wanted = count >= 2 && _received[1] == request.Function ? answerOctets : wanted;
        }

        bool isSound = ModbusFrame.ReadWhole(_received.AsSpan(0, count), out ModbusFrame answer, out CodecFault _) == OperationStatus.Done;
        return isSound && answer.Address == address && (answer.Function & ~ModbusFrame.ExceptionBit) == request.Function ? answer : null;
    }

    private static string ExceptionText(ModbusFrame answer) => answer.Data.Span is [byte code]
        ? code switch
        {
            1 => "it does not know the function",
            2 => "it has no such coil",
            3 => "it does not take the value",
            4 => "it failed at it",
            _ => $"exception {code}",
        }
        : "an exception without a code";
}

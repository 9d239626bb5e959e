using System.Diagnostics;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Links;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>Carries APDUs that are longer than one end takes in general blocks, once that was agreed on.</summary>
/// <remarks>Spec: IEC 62056-5-3, general block transfer, as this harness's DLMS guide sums it up. With a window above one, rows of blocks
/// go both ways: those marked as streaming are followed by more, the one that is not asks for an answer. What is lost on the way is
/// acknowledged up to the gap and comes again. A ciphered APDU is cut after it was ciphered.</remarks>
internal sealed class GeneralBlockLink(IApduLink link) : IApduLink
{
    /// <summary>The longest block that is sent, in octets, whatever the device would take.</summary>
    internal const int MaximumBlockOctets = DlmsClient.MaximumRequestOctets;

    /// <summary>How often the device is told again what has come, when the rest of a row does not, before something new must
    /// come.</summary>
    internal const int MaximumRepeats = 3;

    private readonly IRowLink? _row = link as IRowLink;
    private GeneralBlockParty? _party;
    private byte[] _block = [];
    private byte[] _received = [];

    public string Port => link.Port;

    /// <summary>Whether it was agreed on.</summary>
    internal bool IsAgreed => _party is not null;

    /// <summary>Uses blocks from the next APDU on.</summary>
    /// <param name="serverOctets">The longest APDU that the device takes, in octets; 0 for no limit.</param>
    /// <param name="windowBlocks">How many blocks may come, or go, in a row, 1 to 63; 1 on a link that carries one APDU each way.</param>
    internal void Use(int serverOctets, int windowBlocks)
    {
        int block = serverOctets == 0 ? MaximumBlockOctets : Math.Min(serverOctets, MaximumBlockOctets);
        int window = _row is null ? 1 : windowBlocks;
        _block = new byte[block];
        _party = new GeneralBlockParty(new GeneralBlockSettings
        {
            MaximumBlockApduOctets = block,
            WindowBlocks = window,
            MaximumRowBlocks = window,
            MaximumApduOctets = DlmsClient.MaximumValueOctets,
        });
    }

    /// <summary>No association is open any more.</summary>
    internal void Forget() => _party = null;

    public async ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> apdu, CancellationToken cancellationToken)
    {
        if (_party is not { } party)
        {
            return await link.ExchangeAsync(apdu, cancellationToken).ConfigureAwait(false);
        }

        party.Reset();
        ReadOnlyMemory<byte> answer;
        if (apdu.Length > _block.Length)
        {
            party.Send(apdu);
            answer = await SendRowAsync(party, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            answer = await link.ExchangeAsync(apdu, cancellationToken).ConfigureAwait(false);
        }

        int repeats = 0;
        int farthest = 0;
        while (true)
        {
            if (answer.IsEmpty || (ApduTag)answer.Span[0] != ApduTag.GeneralBlockTransfer)
            {
                return answer;
            }

            switch (party.Receive(answer.Span, out CodecFault fault))
            {
                case GeneralBlockEvent.ApduReceived:
                    return Received(party);
                case GeneralBlockEvent.Transmit:
                    answer = await SendRowAsync(party, cancellationToken).ConfigureAwait(false);
                    break;
                case GeneralBlockEvent.Failed:
                    throw DlmsFaults.Malformed(answer, fault, $"{Port}: general block transfer");
                case var _ when _row is null:
                    throw DlmsFaults.Unexpected(answer, $"{Port}: general block transfer", "a row of blocks where one was asked for");
                default:
                    ReadOnlyMemory<byte> last = answer;
                    answer = await _row!.ReceiveAsync(cancellationToken).ConfigureAwait(false);
                    if (answer.IsEmpty)
                    {
                        repeats = party.AcknowledgedNumber > farthest ? 0 : repeats;
                        farthest = party.AcknowledgedNumber;
                        answer = ++repeats <= MaximumRepeats
                            ? await RepeatAsync(party, cancellationToken).ConfigureAwait(false)
                            : throw DlmsFaults.Unexpected(last, $"{Port}: general block transfer", "the rest of a row does not come");
                    }

                    break;
            }
        }
    }

    /// <summary>The end of a row is lost: what has come is acknowledged once more, and the device goes on behind that.</summary>
    private ValueTask<ReadOnlyMemory<byte>> RepeatAsync(GeneralBlockParty party, CancellationToken cancellationToken)
    {
        party.Repeat();
        return SendRowAsync(party, cancellationToken);
    }

    /// <summary>Sends the blocks that are due; the last of them asks for the answer.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> SendRowAsync(GeneralBlockParty party, CancellationToken cancellationToken)
    {
        while (party.TryTransmit(_block, out int octets))
        {
            ReadOnlyMemory<byte> block = _block.AsMemory(0, octets);
            if (!IsStreaming(block.Span) || _row is null)
            {
                return await link.ExchangeAsync(block, cancellationToken).ConfigureAwait(false);
            }

            ReadOnlyMemory<byte> early = await _row.SendAsync(block, cancellationToken).ConfigureAwait(false);
            if (!early.IsEmpty)
            {
                return early;
            }
        }

        throw new UnreachableException("it is our turn, and the last block of a row is not streaming");
    }

    private static bool IsStreaming(ReadOnlySpan<byte> block) =>
        GeneralBlockTransfer.Decode(block, out GeneralBlockTransfer read, out _, out _) == System.Buffers.OperationStatus.Done
        && read.IsStreaming;

    private ReadOnlyMemory<byte> Received(GeneralBlockParty party)
    {
        ReadOnlySpan<byte> octets = party.ReceivedApdu;
        if (_received.Length < octets.Length)
        {
            _received = new byte[octets.Length];
        }

        octets.CopyTo(_received);
        return _received.AsMemory(0, octets.Length);
    }
}

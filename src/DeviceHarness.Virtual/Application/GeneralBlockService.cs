using System.Buffers;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Virtual.Application;

/// <summary>Carries an APDU out that came protected or in clear, whole or in blocks.</summary>
internal delegate ReadOnlyMemory<byte> ApduAnswer(ReadOnlySpan<byte> apdu);

/// <summary>General block transfer: requests that come in blocks, and answers that are longer than the client takes at once.</summary>
/// <remarks>Spec: IEC 62056-5-3, general block transfer, as the domain guide gives it. A request in blocks is answered in blocks. A block
/// that is none, or acknowledges what was never sent, gets D8 01 03, and the exchange is over.</remarks>
/// <param name="association">The association whose PDU sizes and agreement hold.</param>
/// <param name="windowBlocks">How many blocks of the client may come in a row, 1 to 63.</param>
internal sealed class GeneralBlockService(ApplicationAssociation association, int windowBlocks)
{
    /// <summary>The longest APDU that the meter puts together or sends in blocks, in octets.</summary>
    public const int MaximumApduOctets = 16 * 1024;

    private BlockExchange? _exchange;

    /// <summary>Whether it was agreed on.</summary>
    public bool IsAgreed => association.IsOpen && association.Allows(Conformance.GeneralBlockTransfer);

    /// <summary>Whether the last block was one of a row of which more follows.</summary>
    public bool IsAwaitingMore { get; private set; }

    /// <summary>Forgets an exchange.</summary>
    public void Reset()
    {
        _exchange = null;
        IsAwaitingMore = false;
    }

    /// <summary>Puts an answer into blocks when the client does not take it whole.</summary>
    /// <param name="answer">The answer as it would leave.</param>
    /// <returns>The answer, or its first block.</returns>
    public ReadOnlyMemory<byte> Fit(ReadOnlyMemory<byte> answer)
    {
        Reset();
        if (answer.Length <= association.SendOctets || !IsAgreed)
        {
            return answer;
        }

        _exchange = Begin();
        _exchange.Answer(answer);
        return _exchange.Next();
    }

    /// <summary>Takes a block.</summary>
    /// <param name="apdu">The block's APDU.</param>
    /// <param name="carryOut">Carries out the APDU that the blocks make up.</param>
    /// <returns>The next block of the meter; empty when it has none to send.</returns>
    public ReadOnlyMemory<byte> Take(ReadOnlySpan<byte> apdu, ApduAnswer carryOut)
    {
        IsAwaitingMore = false;
        if (!IsAgreed)
        {
            return ServiceRefusals.NotSupported;
        }

        if (GeneralBlockTransfer.Decode(apdu, out GeneralBlockTransfer block, out _, out CodecFault _) != OperationStatus.Done)
        {
            Reset();
            return ServiceRefusals.Malformed;
        }

        bool isIdle = _exchange is null or { HasRequest: false } or { IsRequestWhole: true };
        bool isFirst = isIdle && block is { BlockNumber: 1, AcknowledgedBlockNumber: 0, Data.IsEmpty: false };
        BlockExchange exchange = isFirst ? Begin() : _exchange ?? Begin();
        _exchange = exchange;
        switch (exchange.Take(block))
        {
            case null:
                Reset();
                return ServiceRefusals.Malformed;
            case BlockExchangeMove.AwaitMore:
                IsAwaitingMore = true;
                return ReadOnlyMemory<byte>.Empty;
            case BlockExchangeMove.CarryOut:
                ReadOnlyMemory<byte> answer = carryOut(exchange.Request.Span);
                if (answer.IsEmpty)
                {
                    return answer;
                }

                // The service may have ended the association, and with it every exchange; its answer is still owed.
                exchange.Answer(answer);
                return exchange.Next();
            default:
                return exchange.Next();
        }
    }

    /// <summary>The next block of a row; the link below asks for it when it has sent the one before.</summary>
    /// <returns>The block, valid until the next call; empty when it is the client's turn.</returns>
    public ReadOnlyMemory<byte> TakeMore() => _exchange?.Next() ?? ReadOnlyMemory<byte>.Empty;

    private BlockExchange Begin() => new(association.SendOctets, windowBlocks, MaximumApduOctets);
}

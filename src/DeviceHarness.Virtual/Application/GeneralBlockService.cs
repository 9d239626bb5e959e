using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Virtual.Application;

/// <summary>Carries an APDU out that came protected or in clear, whole or in blocks.</summary>
internal delegate ReadOnlyMemory<byte> ApduAnswer(ReadOnlySpan<byte> apdu);

/// <summary>General block transfer: requests that come in blocks, and answers that are longer than the client takes at once.</summary>
/// <remarks>Spec: IEC 62056-5-3, general block transfer, as the domain guide gives it. The window is one block each way, which is what a
/// link carries that gives one answer to each APDU; a request in blocks is answered in blocks. A block that is none, or acknowledges what
/// was never sent, gets D8 01 03, and the exchange is over.</remarks>
internal sealed class GeneralBlockService(ApplicationAssociation association)
{
    /// <summary>The longest APDU that the meter puts together or sends in blocks, in octets.</summary>
    public const int MaximumApduOctets = 16 * 1024;

    private GeneralBlockParty? _party;
    private byte[] _block = [];

    /// <summary>Whether it was agreed on.</summary>
    public bool IsAgreed => association.IsOpen && association.Allows(Conformance.GeneralBlockTransfer);

    /// <summary>Forgets an exchange.</summary>
    public void Reset() => _party = null;

    /// <summary>Puts an answer into blocks when the client does not take it whole.</summary>
    /// <param name="answer">The answer as it would leave.</param>
    /// <returns>The answer, or its first block.</returns>
    public ReadOnlyMemory<byte> Fit(ReadOnlyMemory<byte> answer)
    {
        if (answer.Length <= association.SendOctets || !IsAgreed)
        {
            return answer;
        }

        Reset();
        return Send(Party(), answer);
    }

    /// <summary>Takes a block.</summary>
    /// <param name="apdu">The block's APDU.</param>
    /// <param name="carryOut">Carries out the APDU that the blocks make up.</param>
    /// <returns>The next block of the meter; empty when it has none to send.</returns>
    public ReadOnlyMemory<byte> Take(ReadOnlySpan<byte> apdu, ApduAnswer carryOut)
    {
        if (!IsAgreed)
        {
            return ServiceRefusals.NotSupported;
        }

        GeneralBlockParty party = Party();
        switch (party.Receive(apdu, out CodecFault _))
        {
            case GeneralBlockEvent.ApduReceived:
                ReadOnlyMemory<byte> answer = carryOut(party.ReceivedApdu.ToArray());
                return answer.IsEmpty ? answer : Send(party, answer);
            case GeneralBlockEvent.Failed:
                Reset();
                return ServiceRefusals.Malformed;
            default:
                return Next(party);
        }
    }

    private GeneralBlockParty Party() => _party ??= new GeneralBlockParty(new GeneralBlockSettings
    {
        MaximumBlockApduOctets = association.SendOctets,
        MaximumApduOctets = MaximumApduOctets,
    });

    private ReadOnlyMemory<byte> Send(GeneralBlockParty party, ReadOnlyMemory<byte> answer)
    {
        party.Send(answer.ToArray());
        return Next(party);
    }

    private ReadOnlyMemory<byte> Next(GeneralBlockParty party)
    {
        if (_block.Length < association.SendOctets)
        {
            _block = new byte[association.SendOctets];
        }

        return party.TryTransmit(_block, out int octets) ? _block.AsMemory(0, octets) : ReadOnlyMemory<byte>.Empty;
    }
}

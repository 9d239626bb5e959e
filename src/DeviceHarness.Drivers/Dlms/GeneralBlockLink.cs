using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Links;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>Carries APDUs that are longer than one end takes in general blocks, once that was agreed on.</summary>
/// <remarks>Spec: IEC 62056-5-3, general block transfer, as this harness's DLMS guide sums it up. The window is one block each way: the
/// links below give one answer to each APDU, and lose nothing without failing. A ciphered APDU is cut after it was ciphered.</remarks>
internal sealed class GeneralBlockLink(IApduLink link) : IApduLink
{
    /// <summary>The longest block that is sent, in octets, whatever the device would take.</summary>
    internal const int MaximumBlockOctets = DlmsClient.MaximumRequestOctets;

    private GeneralBlockParty? _party;
    private byte[] _block = [];
    private byte[] _received = [];

    public string Port => link.Port;

    /// <summary>Whether it was agreed on.</summary>
    internal bool IsAgreed => _party is not null;

    /// <summary>Uses blocks from the next APDU on.</summary>
    /// <param name="serverOctets">The longest APDU that the device takes, in octets; 0 for no limit.</param>
    internal void Use(int serverOctets)
    {
        int block = serverOctets == 0 ? MaximumBlockOctets : Math.Min(serverOctets, MaximumBlockOctets);
        _block = new byte[block];
        _party = new GeneralBlockParty(new GeneralBlockSettings
        {
            MaximumBlockApduOctets = block,
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
        ReadOnlyMemory<byte> request = apdu;
        if (apdu.Length > _block.Length)
        {
            party.Send(apdu);
            request = Next(party);
        }

        while (true)
        {
            ReadOnlyMemory<byte> answer = await link.ExchangeAsync(request, cancellationToken).ConfigureAwait(false);
            if (answer.IsEmpty || (ApduTag)answer.Span[0] != ApduTag.GeneralBlockTransfer)
            {
                return answer;
            }

            switch (party.Receive(answer.Span, out CodecFault fault))
            {
                case GeneralBlockEvent.ApduReceived:
                    return Received(party);
                case GeneralBlockEvent.Transmit:
                    request = Next(party);
                    break;
                case GeneralBlockEvent.Failed:
                    throw DlmsFaults.Malformed(answer, fault, $"{Port}: general block transfer");
                default:
                    throw DlmsFaults.Unexpected(answer, $"{Port}: general block transfer", "a row of blocks where one was asked for");
            }
        }
    }

    private ReadOnlyMemory<byte> Next(GeneralBlockParty party) => party.TryTransmit(_block, out int octets)
        ? _block.AsMemory(0, octets)
        : throw new System.Diagnostics.UnreachableException("it is our turn");

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

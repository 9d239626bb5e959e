using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using DeviceHarness.Codecs.Security.Curves;
using DeviceHarness.Codecs.Security.Mmo;

namespace DeviceHarness.Codecs.Security.Cbke;

/// <summary>The two keys of an exchange: one proves that both have the other. Never shown, and erased when disposed of.</summary>
/// <remarks>
/// Spec: ZigBee Smart Energy, CBKE, key confirmation, as this harness's ZigBee guide sums it up: HMAC-MMO under the MAC key of
/// (02 or 03 | own name | other's name | own ephemeral | other's ephemeral), 02 by the initiator, 03 by the responder.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class CbkeKeys : IDisposable
{
    private const byte InitiatorMark = 0x02;
    private const byte ResponderMark = 0x03;
    private const int NameOctets = 8;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _macKey;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _linkKey;

    private bool _isErased;

    internal CbkeKeys(byte[] macKey, byte[] linkKey)
    {
        _macKey = macKey;
        _linkKey = linkKey;
    }

    /// <summary>The new link key. Before both MACs were checked it proves nothing.</summary>
    /// <exception cref="ObjectDisposedException">The keys were erased.</exception>
    public CipherKey LinkKey()
    {
        ObjectDisposedException.ThrowIf(_isErased, this);
        return CipherKey.Create(_linkKey);
    }

    /// <summary>Makes the MAC of one side.</summary>
    /// <param name="parties">Who takes part.</param>
    /// <param name="byInitiator">Whether it is the initiator's; otherwise the responder's.</param>
    /// <param name="mac">Where the 16 octets go.</param>
    /// <exception cref="ObjectDisposedException">The keys were erased.</exception>
    public void Confirm(CbkeParties parties, bool byInitiator, Span<byte> mac)
    {
        ArgumentNullException.ThrowIfNull(parties);
        ObjectDisposedException.ThrowIf(_isErased, this);
        HmacMmo.Compute(_macKey, Message(parties, byInitiator), mac);
    }

    /// <summary>Whether a MAC is that of one side; compared in a time that does not tell where they differ.</summary>
    /// <param name="parties">Who takes part.</param>
    /// <param name="byInitiator">Whether it must be the initiator's; otherwise the responder's.</param>
    /// <param name="mac">The MAC that came.</param>
    /// <exception cref="ObjectDisposedException">The keys were erased.</exception>
    public bool IsConfirmedBy(CbkeParties parties, bool byInitiator, ReadOnlySpan<byte> mac)
    {
        ArgumentNullException.ThrowIfNull(parties);
        ObjectDisposedException.ThrowIf(_isErased, this);
        return HmacMmo.Verify(_macKey, Message(parties, byInitiator), mac);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isErased = true;
        CryptographicOperations.ZeroMemory(_macKey);
        CryptographicOperations.ZeroMemory(_linkKey);
    }

    /// <summary>Never the keys.</summary>
    public override string ToString() => "keys of an exchange, not shown";

    private static byte[] Message(CbkeParties parties, bool byInitiator)
    {
        (ulong first, ulong second) = byInitiator
            ? (parties.Initiator, parties.Responder)
            : (parties.Responder, parties.Initiator);
        (CurvePoint near, CurvePoint far) = byInitiator
            ? (parties.InitiatorEphemeral, parties.ResponderEphemeral)
            : (parties.ResponderEphemeral, parties.InitiatorEphemeral);
        int octets = near.Curve.CompressedOctets;
        byte[] message = new byte[1 + (2 * NameOctets) + (2 * octets)];
        message[0] = byInitiator ? InitiatorMark : ResponderMark;
        BinaryPrimitives.WriteUInt64BigEndian(message.AsSpan(1), first);
        BinaryPrimitives.WriteUInt64BigEndian(message.AsSpan(1 + NameOctets), second);
        near.WriteCompressed(message.AsSpan(1 + (2 * NameOctets)));
        far.WriteCompressed(message.AsSpan(1 + (2 * NameOctets) + octets));
        return message;
    }
}

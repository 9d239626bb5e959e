using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DeviceHarness.Codecs.Security.Frames;

/// <summary>Secures and opens frames of the network and application support layers under one key: make it once a key.</summary>
/// <remarks>
/// Spec: ZigBee specification, annex A (CCM*) at security level 5, as this harness's ZigBee guide sums it up: encrypted, with four octets
/// of MIC; the nonce is source EUI-64, frame counter and control octet; what is authenticated besides is all that stands before the
/// payload. In nonce and authenticated data the level is 5, on the air it is 0. Counters are the caller's:
/// <see cref="SendCounter"/> and <see cref="ReceiveCounter"/>. Not thread safe. Dispose it to let go of the key.
/// </remarks>
public sealed class FrameCipher : IDisposable
{
    /// <summary>The octets of a MIC.</summary>
    public const int MicOctets = 4;

    /// <summary>The longest frame, in octets: that of IEEE 802.15.4.</summary>
    public const int MaximumFrameOctets = 127;

    internal const byte Level = 5;

    private const int NonceOctets = 13;

    private readonly AesCcm _ccm;

    /// <summary>Makes a cipher.</summary>
    /// <param name="key">The network key, link key, or a key made of it; 16 octets.</param>
    /// <exception cref="ArgumentException">The key has 32 octets.</exception>
    public FrameCipher(CipherKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.OctetCount != SecuritySuiteFacts.ShortKeyOctets)
        {
            throw new ArgumentException($"a key of ZigBee has {SecuritySuiteFacts.ShortKeyOctets} octets", nameof(key));
        }

        _ccm = new AesCcm(key.Reveal());
    }

    /// <summary>Secures a frame.</summary>
    /// <param name="head">The frame's own header as it is sent, its security bit set.</param>
    /// <param name="auxiliary">The auxiliary header.</param>
    /// <param name="source">The sender's EUI-64 as a number, whether or not the auxiliary header says it.</param>
    /// <param name="payload">The payload; it must not overlap the target.</param>
    /// <param name="target">Where header, auxiliary header, payload and MIC go.</param>
    /// <param name="writtenOctets">The frame's length when done, otherwise 0.</param>
    /// <returns>Done; destination too small; invalid data when the frame would be longer than 127 octets, or the auxiliary header names
    /// another source.</returns>
    public OperationStatus Seal(
        ReadOnlySpan<byte> head,
        in AuxiliaryHeader auxiliary,
        ulong source,
        ReadOnlySpan<byte> payload,
        Span<byte> target,
        out int writtenOctets)
    {
        writtenOctets = 0;
        int clear = head.Length + auxiliary.OctetCount;
        int octets = clear + payload.Length + MicOctets;
        if (octets > MaximumFrameOctets || (auxiliary.Source is { } named && named != source))
        {
            return OperationStatus.InvalidData;
        }

        if (target.Length < octets)
        {
            return OperationStatus.DestinationTooSmall;
        }

        head.CopyTo(target);
        _ = AuxiliaryHeader.Encode(auxiliary, target[head.Length..], out _);
        Span<byte> authenticated = stackalloc byte[MaximumFrameOctets];
        Span<byte> nonce = stackalloc byte[NonceOctets];
        Prepare(target[..clear], head.Length, auxiliary.FrameCounter, source, authenticated, nonce);
        _ccm.Encrypt(
            nonce,
            payload,
            target.Slice(clear, payload.Length),
            target.Slice(clear + payload.Length, MicOctets),
            authenticated[..clear]);
        writtenOctets = octets;
        return OperationStatus.Done;
    }

    /// <summary>Opens a frame. What the target holds may be used only when the status is done.</summary>
    /// <param name="frame">The frame, nothing behind.</param>
    /// <param name="headOctets">How many octets its own header has, before the auxiliary one.</param>
    /// <param name="knownSource">The sender's EUI-64 when it is known otherwise; used when the frame does not say it.</param>
    /// <param name="target">Where the payload goes; it must not overlap the frame.</param>
    /// <param name="writtenOctets">The payload's length when done, otherwise 0.</param>
    /// <param name="fault">Malformed, no source known, or a wrong MIC.</param>
    public OperationStatus Open(
        ReadOnlySpan<byte> frame,
        int headOctets,
        ulong? knownSource,
        Span<byte> target,
        out int writtenOctets,
        out SecurityFault fault)
    {
        writtenOctets = 0;
        if (!TrySplit(frame, headOctets, out AuxiliaryHeader auxiliary, out int clear, out CodecFault inner))
        {
            fault = SecurityFault.Malformed(inner);
            return OperationStatus.InvalidData;
        }

        if ((auxiliary.Source ?? knownSource) is not { } source)
        {
            fault = new(SecurityFaultKind.TitleUnknown);
            return OperationStatus.InvalidData;
        }

        int octets = frame.Length - clear - MicOctets;
        fault = SecurityFault.None;
        if (target.Length < octets)
        {
            return OperationStatus.DestinationTooSmall;
        }

        Span<byte> authenticated = stackalloc byte[MaximumFrameOctets];
        Span<byte> nonce = stackalloc byte[NonceOctets];
        Prepare(frame[..clear], headOctets, auxiliary.FrameCounter, source, authenticated, nonce);
        try
        {
            _ccm.Decrypt(nonce, frame.Slice(clear, octets), frame[^MicOctets..], target[..octets], authenticated[..clear]);
        }
        catch (AuthenticationTagMismatchException)
        {
            // The platform knows no other way to say it.
            target[..octets].Clear();
            fault = new(SecurityFaultKind.AuthenticationFailed);
            return OperationStatus.InvalidData;
        }

        writtenOctets = octets;
        return OperationStatus.Done;
    }

    /// <inheritdoc/>
    public void Dispose() => _ccm.Dispose();

    private static bool TrySplit(
        ReadOnlySpan<byte> frame, int headOctets, out AuxiliaryHeader auxiliary, out int clear, out CodecFault fault)
    {
        auxiliary = default;
        clear = 0;
        if (headOctets < 0 || headOctets > frame.Length || frame.Length > MaximumFrameOctets)
        {
            fault = new(CodecFaultKind.BadLength, frame.Length, -1, frame.Length, AuxiliaryHeader.Clause);
            return false;
        }

        if (AuxiliaryHeader.Decode(frame[headOctets..], out auxiliary, out int octets, out fault) != OperationStatus.Done)
        {
            fault = fault with { Offset = fault.Offset + headOctets };
            return false;
        }

        clear = headOctets + octets;
        if (frame.Length - clear < MicOctets)
        {
            fault = new(CodecFaultKind.Truncated, frame.Length, clear + MicOctets, frame.Length, AuxiliaryHeader.Clause);
            return false;
        }

        return true;
    }

    private static void Prepare(
        ReadOnlySpan<byte> clear, int controlOffset, uint counter, ulong source, Span<byte> authenticated, Span<byte> nonce)
    {
        clear.CopyTo(authenticated);
        byte control = AuxiliaryHeader.WithLevel(clear[controlOffset]);
        authenticated[controlOffset] = control;
        BinaryPrimitives.WriteUInt64LittleEndian(nonce, source);
        BinaryPrimitives.WriteUInt32LittleEndian(nonce[8..], counter);
        nonce[12] = control;
    }
}

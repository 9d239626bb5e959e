using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DeviceHarness.Codecs.Security;

/// <summary>Protects and opens APDUs with one encryption key and one authentication key: make it once a key.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, AES-GCM protection, as this harness's DLMS guide sums it up. The nonce is the sender's system title and the
/// invocation counter. Nothing is allocated by an APDU up to <see cref="StackOctets"/>. Not thread safe. Dispose it to let go of the keys.
/// <code>
/// control 1 | counter 4 | payload
/// protection              additional authenticated data   payload
/// authenticated           control, AK, APDU               APDU, tag 12
/// encrypted               none                            enciphered APDU
/// both                    control, AK                     enciphered APDU, tag 12
/// </code>
/// </remarks>
public sealed class GcmCipher : IDisposable
{
    /// <summary>The octets of a tag: the first 12 of the 16 that GCM makes.</summary>
    public const int TagOctets = 12;

    /// <summary>The octets in front of the payload: security control and invocation counter.</summary>
    public const int HeaderOctets = 1 + sizeof(uint);

    /// <summary>The longest APDU that is authenticated without a rented buffer, in octets.</summary>
    public const int StackOctets = 1024;

    private const int NonceOctets = SystemTitle.OctetCount + sizeof(uint);
    private const string Clause = "IEC 62056-5-3 protected APDU";

    private readonly AesGcm _gcm;
    private readonly byte[] _controlAndAuthenticationKey;

    /// <summary>Makes a cipher.</summary>
    /// <param name="suite">The suite; it says how long both keys are.</param>
    /// <param name="encryptionKey">The global unicast, global broadcast or dedicated encryption key.</param>
    /// <param name="authenticationKey">The authentication key.</param>
    /// <exception cref="ArgumentException">A key has not the suite's length.</exception>
    public GcmCipher(SecuritySuite suite, CipherKey encryptionKey, CipherKey authenticationKey)
    {
        ArgumentNullException.ThrowIfNull(encryptionKey);
        ArgumentNullException.ThrowIfNull(authenticationKey);
        int keyOctets = suite.KeyOctets();
        if (encryptionKey.OctetCount != keyOctets || authenticationKey.OctetCount != keyOctets)
        {
            throw new ArgumentException($"the keys of {suite} have {keyOctets} octets", nameof(encryptionKey));
        }

        Suite = suite;
        _gcm = new AesGcm(encryptionKey.Reveal(), TagOctets);
        _controlAndAuthenticationKey = [0, .. authenticationKey.Reveal()];
    }

    /// <summary>The suite.</summary>
    public SecuritySuite Suite { get; }

    /// <summary>How many octets an APDU grows by.</summary>
    /// <param name="protection">What is done to it.</param>
    public static int OverheadOctets(SecurityProtection protection) =>
        HeaderOctets + ((protection & SecurityProtection.Authenticated) != 0 ? TagOctets : 0);

    /// <summary>Protects an APDU.</summary>
    /// <param name="control">How; its suite is sent as it is.</param>
    /// <param name="sender">The sender's system title.</param>
    /// <param name="counter">The invocation counter: with one key and one title, never used twice.</param>
    /// <param name="apdu">The APDU; it must not overlap the target.</param>
    /// <param name="target">Where control, counter and payload go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    /// <returns>Done; destination too small; invalid data when the control octet asks for compression.</returns>
    public OperationStatus Protect(
        SecurityControl control,
        SystemTitle sender,
        uint counter,
        ReadOnlySpan<byte> apdu,
        Span<byte> target,
        out int writtenOctets)
    {
        writtenOctets = 0;
        if (control.IsCompressed)
        {
            return OperationStatus.InvalidData;
        }

        int octets = apdu.Length + OverheadOctets(control.Protection);
        if (target.Length < octets)
        {
            return OperationStatus.DestinationTooSmall;
        }

        target[0] = control.Octet;
        BinaryPrimitives.WriteUInt32BigEndian(target[1..], counter);
        Span<byte> payload = target.Slice(HeaderOctets, apdu.Length);
        Span<byte> tag = stackalloc byte[TagOctets];
        Span<byte> nonce = stackalloc byte[NonceOctets];
        WriteNonce(nonce, sender, counter);
        if (control.IsEncrypted)
        {
            _gcm.Encrypt(nonce, apdu, payload, tag, control.IsAuthenticated ? HeadOf(control) : default);
        }
        else
        {
            apdu.CopyTo(payload);
            if (control.IsAuthenticated)
            {
                ComputeTag(nonce, control, apdu, tag);
            }
        }

        if (control.IsAuthenticated)
        {
            tag.CopyTo(target[(HeaderOctets + apdu.Length)..]);
        }

        writtenOctets = octets;
        return OperationStatus.Done;
    }

    /// <summary>Opens a protected APDU. What the target holds may be used only when the status is done.</summary>
    /// <param name="content">Control, counter and payload, nothing behind.</param>
    /// <param name="sender">The sender's system title.</param>
    /// <param name="target">Where the APDU goes; it must not overlap the content.</param>
    /// <param name="writtenOctets">The APDU's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong.</param>
    public OperationStatus Open(
        ReadOnlySpan<byte> content, SystemTitle sender, Span<byte> target, out int writtenOctets, out SecurityFault fault)
    {
        writtenOctets = 0;
        if (!TrySplit(content, out SecurityControl control, out uint counter, out ReadOnlySpan<byte> payload, out fault))
        {
            return OperationStatus.InvalidData;
        }

        int apduOctets = payload.Length - (control.IsAuthenticated ? TagOctets : 0);
        if (target.Length < apduOctets)
        {
            return OperationStatus.DestinationTooSmall;
        }

        Span<byte> nonce = stackalloc byte[NonceOctets];
        WriteNonce(nonce, sender, counter);
        Span<byte> apdu = target[..apduOctets];
        bool isRight = control.Protection switch
        {
            SecurityProtection.AuthenticatedEncrypted => TryDecrypt(nonce, control, payload, apdu),
            SecurityProtection.Authenticated => TryCheck(nonce, control, payload, apdu),
            SecurityProtection.Encrypted => Decipher(nonce, payload, apdu),
            _ => Copy(payload, apdu),
        };
        if (!isRight)
        {
            apdu.Clear();
            fault = new(SecurityFaultKind.AuthenticationFailed);
            return OperationStatus.InvalidData;
        }

        writtenOctets = apduOctets;
        return OperationStatus.Done;
    }

    /// <summary>Makes the tag over a challenge: GMAC.</summary>
    /// <param name="control">Sent in front of the tag; authenticated only.</param>
    /// <param name="sender">The system title of who makes the tag.</param>
    /// <param name="counter">The invocation counter.</param>
    /// <param name="challenge">What the tag is made over.</param>
    /// <param name="tag">Where the 12 octets go.</param>
    /// <exception cref="ArgumentException">The target is shorter than 12 octets.</exception>
    public void Authenticate(SecurityControl control, SystemTitle sender, uint counter, ReadOnlySpan<byte> challenge, Span<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[NonceOctets];
        WriteNonce(nonce, sender, counter);
        ComputeTag(nonce, control, challenge, tag[..TagOctets]);
    }

    /// <summary>Deciphers without a look at the tag; for people who have no authentication key and only read.</summary>
    internal bool TryDecipherUnchecked(ReadOnlySpan<byte> content, SystemTitle sender, Span<byte> target, out int writtenOctets)
    {
        writtenOctets = 0;
        if (!TrySplit(content, out SecurityControl control, out uint counter, out ReadOnlySpan<byte> payload, out _))
        {
            return false;
        }

        Span<byte> nonce = stackalloc byte[NonceOctets];
        WriteNonce(nonce, sender, counter);
        writtenOctets = payload.Length - (control.IsAuthenticated ? TagOctets : 0);
        return control.IsEncrypted
            ? Decipher(nonce, payload[..writtenOctets], target[..writtenOctets])
            : Copy(payload[..writtenOctets], target);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gcm.Dispose();
        CryptographicOperations.ZeroMemory(_controlAndAuthenticationKey);
    }

    private static bool TrySplit(
        ReadOnlySpan<byte> content,
        out SecurityControl control,
        out uint counter,
        out ReadOnlySpan<byte> payload,
        out SecurityFault fault)
    {
        control = content.IsEmpty ? default : new(content[0]);
        int fewest = OverheadOctets(control.Protection);
        if (content.Length < fewest)
        {
            counter = 0;
            payload = default;
            fault = SecurityFault.Malformed(new(CodecFaultKind.BadLength, content.Length, fewest, content.Length, Clause));
            return false;
        }

        counter = BinaryPrimitives.ReadUInt32BigEndian(content[1..]);
        payload = content[HeaderOctets..];
        fault = control.IsCompressed
            ? new(SecurityFaultKind.CompressionNotSupported, Actual: control.Octet)
            : SecurityFault.None;
        return !control.IsCompressed;
    }

    private static void WriteNonce(Span<byte> nonce, SystemTitle sender, uint counter)
    {
        sender.CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[SystemTitle.OctetCount..], counter);
    }

    private static bool Copy(ReadOnlySpan<byte> payload, Span<byte> apdu)
    {
        payload.CopyTo(apdu);
        return true;
    }

    private ReadOnlySpan<byte> HeadOf(SecurityControl control)
    {
        _controlAndAuthenticationKey[0] = control.Octet;
        return _controlAndAuthenticationKey;
    }

    private bool TryDecrypt(ReadOnlySpan<byte> nonce, SecurityControl control, ReadOnlySpan<byte> payload, Span<byte> apdu)
    {
        try
        {
            _gcm.Decrypt(nonce, payload[..^TagOctets], payload[^TagOctets..], apdu, HeadOf(control));
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            // The platform knows no other way to say it.
            return false;
        }
    }

    private bool TryCheck(ReadOnlySpan<byte> nonce, SecurityControl control, ReadOnlySpan<byte> payload, Span<byte> apdu)
    {
        Span<byte> tag = stackalloc byte[TagOctets];
        ComputeTag(nonce, control, payload[..^TagOctets], tag);
        return CryptographicOperations.FixedTimeEquals(tag, payload[^TagOctets..]) && Copy(payload[..^TagOctets], apdu);
    }

    private bool Decipher(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> payload, Span<byte> apdu)
    {
        // GCM enciphers by exclusive-or with a key stream, so that enciphering twice deciphers; the tag of that means nothing.
        Span<byte> unused = stackalloc byte[TagOctets];
        _gcm.Encrypt(nonce, payload, apdu, unused);
        return true;
    }

    private void ComputeTag(ReadOnlySpan<byte> nonce, SecurityControl control, ReadOnlySpan<byte> clear, Span<byte> tag)
    {
        ReadOnlySpan<byte> head = HeadOf(control);
        int octets = head.Length + clear.Length;
        byte[]? rented = octets > StackOctets + SecuritySuiteFacts.LongKeyOctets + 1 ? ArrayPool<byte>.Shared.Rent(octets) : null;
        Span<byte> data = rented is null ? stackalloc byte[octets] : rented.AsSpan(0, octets);
        head.CopyTo(data);
        clear.CopyTo(data[head.Length..]);
        _gcm.Encrypt(nonce, default, default, tag, data);
        CryptographicOperations.ZeroMemory(data);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

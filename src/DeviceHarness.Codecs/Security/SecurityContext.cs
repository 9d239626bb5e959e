using System.Buffers;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Codecs.Security;

/// <summary>What one side of an association needs to protect what it sends and to open what it receives.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, security context, as this harness's DLMS guide sums it up. A counter is used up only by an APDU that is written,
/// and taken only from an APDU whose tag is right. With the dedicated key the unicast send counter goes on, so that a receiver which
/// keeps one counter and a receiver which keeps two are both content; what is received with it has a counter of its own. An APDU
/// allocates nothing.
/// Not thread safe. Dispose it to let go of the expanded keys.
/// </remarks>
public sealed class SecurityContext : IDisposable
{
    private readonly CipherKey _authenticationKey;
    private readonly GcmCipher _unicast;
    private readonly GcmCipher? _broadcast;
    private GcmCipher? _dedicated;
    private ReceiveCounter _dedicatedReceive = new();

    /// <summary>Makes a context.</summary>
    /// <param name="suite">The suite of the association.</param>
    /// <param name="ownTitle">This side's system title.</param>
    /// <param name="keys">The global keys.</param>
    /// <param name="counters">Their invocation counters.</param>
    /// <exception cref="ArgumentException">A key has not the suite's length.</exception>
    public SecurityContext(SecuritySuite suite, SystemTitle ownTitle, GlobalKeys keys, SecurityCounters counters)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(counters);
        Suite = suite;
        OwnTitle = ownTitle;
        Counters = counters;
        _authenticationKey = keys.Authentication;
        _unicast = new GcmCipher(suite, keys.Unicast, keys.Authentication);
        _broadcast = keys.Broadcast is null ? null : new GcmCipher(suite, keys.Broadcast, keys.Authentication);
    }

    /// <summary>The suite of the association.</summary>
    public SecuritySuite Suite { get; }

    /// <summary>This side's system title.</summary>
    public SystemTitle OwnTitle { get; }

    /// <summary>The other side's system title, from AARQ or AARE or learnt from a wrapper; null while it is unknown.</summary>
    public SystemTitle? PeerTitle { get; set; }

    /// <summary>What is done to the APDUs that this side sends.</summary>
    public SecurityProtection Protection { get; set; } = SecurityProtection.AuthenticatedEncrypted;

    /// <summary>What must have been done to the APDUs that this side takes.</summary>
    public SecurityProtection MinimumProtection { get; set; } = SecurityProtection.AuthenticatedEncrypted;

    /// <summary>The invocation counters of the global keys.</summary>
    public SecurityCounters Counters { get; }

    /// <summary>True when there is a dedicated key.</summary>
    public bool HasDedicatedKey => _dedicated is not null;

    /// <summary>How many octets an APDU grows by at most, wrapper and title and all.</summary>
    public const int MaximumOverheadOctets = 1 + 1 + SystemTitle.OctetCount + 5 + GcmCipher.HeaderOctets + GcmCipher.TagOctets;

    /// <summary>Sets or ends the dedicated key: a client before it sends it, a server when it has received it, both at release.</summary>
    /// <param name="key">The key; null when there is none any more.</param>
    /// <exception cref="ArgumentException">The key has not the suite's length.</exception>
    public void UseDedicatedKey(CipherKey? key)
    {
        GcmCipher? next = key is null ? null : new GcmCipher(Suite, key, _authenticationKey);
        _dedicated?.Dispose();
        _dedicated = next;
        _dedicatedReceive = new ReceiveCounter();
    }

    /// <summary>Protects an APDU and puts it in its wrapper.</summary>
    /// <param name="form">The wrapper.</param>
    /// <param name="apdu">The APDU in clear; it must not overlap the target.</param>
    /// <param name="target">Where the wrapper goes.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    /// <param name="fault">Why not: no wrapper for this APDU, no such key, no counters left.</param>
    /// <param name="isBroadcast">True to use the broadcast key; with a global form only.</param>
    /// <returns>Done; destination too small, and no counter was used; invalid data with the fault.</returns>
    public OperationStatus Seal(
        CipheringForm form,
        ReadOnlySpan<byte> apdu,
        Span<byte> target,
        out int writtenOctets,
        out SecurityFault fault,
        bool isBroadcast = false)
    {
        writtenOctets = 0;
        if (apdu.IsEmpty || !CipheredTags.TryGetWrapper(apdu[0], form, out ApduTag wrapper))
        {
            fault = new(SecurityFaultKind.NoWrapper, Actual: apdu.IsEmpty ? -1 : apdu[0]);
            return OperationStatus.InvalidData;
        }

        if (CipherOf(form, isBroadcast) is not GcmCipher cipher
            || (isBroadcast ? Counters.BroadcastSend : Counters.Send) is not SendCounter send)
        {
            fault = new(SecurityFaultKind.KeyMissing);
            return OperationStatus.InvalidData;
        }

        int contentOctets = apdu.Length + GcmCipher.OverheadOctets(Protection);
        AxdrWriter writer = new(target);
        writer.WriteOctet((byte)wrapper);
        if (form is CipheringForm.GeneralGlobal or CipheringForm.GeneralDedicated)
        {
            Span<byte> title = stackalloc byte[SystemTitle.OctetCount];
            OwnTitle.CopyTo(title);
            writer.WriteLengthPrefixed(title);
        }

        writer.WriteLength(contentOctets);
        fault = SecurityFault.None;
        if (writer.Status != OperationStatus.Done || target.Length - writer.WrittenOctets < contentOctets)
        {
            return OperationStatus.DestinationTooSmall;
        }

        if (!send.TryTake(out uint counter))
        {
            fault = new(SecurityFaultKind.CounterExhausted);
            return OperationStatus.InvalidData;
        }

        SecurityControl control = SecurityControl.Create(Suite, Protection, isBroadcast);
        OperationStatus status = cipher.Protect(control, OwnTitle, counter, apdu, target[writer.WrittenOctets..], out int octets);
        writtenOctets = writer.WrittenOctets + octets;
        return status;
    }

    /// <summary>Takes a protected APDU out of its wrapper, after every check.</summary>
    /// <param name="source">The APDU that starts with the wrapper's tag; octets after it are left alone.</param>
    /// <param name="target">Where the APDU in clear goes, at least as long as the source; it must not overlap the source.</param>
    /// <param name="opened">The APDU in clear and how it came, when done.</param>
    /// <param name="fault">Which check it failed.</param>
    /// <returns>Done; need more data when the octets end inside; destination too small; invalid data with the fault.</returns>
    public OperationStatus Open(ReadOnlySpan<byte> source, Span<byte> target, out OpenedApdu opened, out SecurityFault fault)
    {
        opened = default;
        OperationStatus status = CipheredApdu.Decode(source, out CipheredApdu wrapped, out int consumed, out CodecFault codecFault);
        if (status != OperationStatus.Done)
        {
            bool isPlain = codecFault.Kind == CodecFaultKind.UnknownTag && codecFault.Offset == 0;
            fault = isPlain ? new(SecurityFaultKind.NotCiphered, Actual: codecFault.Actual) : SecurityFault.Malformed(codecFault);
            return status;
        }

        if (!TryPrepare(wrapped, out Reception reception, out fault))
        {
            return OperationStatus.InvalidData;
        }

        status = reception.Cipher.Open(wrapped.Content, reception.Sender, target, out int apduOctets, out fault);
        if (status != OperationStatus.Done)
        {
            return status;
        }

        byte innerTag = apduOctets == 0 ? (byte)0 : target[0];
        if (apduOctets == 0 || !CipheredTags.IsInnerTagRight(wrapped.Tag, innerTag))
        {
            CipheredTags.TryGetPlain(wrapped.Tag, out byte expected);
            target[..apduOctets].Clear();
            fault = new(SecurityFaultKind.InnerTagMismatch, expected, apduOctets == 0 ? -1 : innerTag);
            return OperationStatus.InvalidData;
        }

        reception.Counter.Accept(reception.CounterValue);
        PeerTitle ??= reception.Control.IsAuthenticated ? reception.Sender : null;
        opened = new()
        {
            Apdu = target[..apduOctets],
            Wrapper = wrapped.Tag,
            Form = reception.Form,
            Control = reception.Control,
            Counter = reception.CounterValue,
            Sender = reception.Sender,
            ConsumedOctets = consumed,
        };
        return OperationStatus.Done;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _unicast.Dispose();
        _broadcast?.Dispose();
        _dedicated?.Dispose();
    }

    /// <summary>The cipher of the unicast key, for GMAC.</summary>
    internal GcmCipher Unicast => _unicast;

    private bool TryPrepare(in CipheredApdu wrapped, out Reception reception, out SecurityFault fault)
    {
        reception = default;
        if (!CipheredTags.TryGetForm(wrapped.Tag, out CipheringForm form))
        {
            fault = new(SecurityFaultKind.WrapperNotSupported, Actual: (byte)wrapped.Tag);
            return false;
        }

        if (wrapped.SecurityControl is not byte octet || wrapped.InvocationCounter is not uint counter)
        {
            const string clause = "IEC 62056-5-3 security header";
            int octets = wrapped.Content.Length;
            fault = SecurityFault.Malformed(new(CodecFaultKind.BadLength, octets, GcmCipher.HeaderOctets, octets, clause));
            return false;
        }

        SecurityControl control = new(octet);
        ReceiveCounter? receive = CounterOf(form, control.IsBroadcast);
        if (!TryAllow(control, out fault) || !TryFindSender(wrapped.SystemTitle, out SystemTitle sender, out fault))
        {
            return false;
        }

        if (CipherOf(form, control.IsBroadcast) is not GcmCipher cipher || receive is null)
        {
            fault = new(SecurityFaultKind.KeyMissing);
            return false;
        }

        reception = new(form, control, counter, sender, cipher, receive);
        receive.Heed(sender);
        return receive.TryCheck(counter, out fault);
    }

    private bool TryAllow(SecurityControl control, out SecurityFault fault)
    {
        bool isEnough = (control.Protection & MinimumProtection) == MinimumProtection;
        fault = control switch
        {
            { IsCompressed: true } => new(SecurityFaultKind.CompressionNotSupported, Actual: control.Octet),
            _ when control.Suite != Suite => new(SecurityFaultKind.SuiteMismatch, (long)Suite, (long)control.Suite),
            _ when !isEnough => new(SecurityFaultKind.ProtectionTooWeak, (long)MinimumProtection, (long)control.Protection),
            _ => SecurityFault.None,
        };
        return fault.Kind == SecurityFaultKind.None;
    }

    private bool TryFindSender(ReadOnlySpan<byte> sent, out SystemTitle sender, out SecurityFault fault)
    {
        sender = PeerTitle ?? default;
        if (sent.IsEmpty)
        {
            fault = PeerTitle is null ? new(SecurityFaultKind.TitleUnknown) : SecurityFault.None;
            return PeerTitle is not null;
        }

        if (!SystemTitle.TryCreate(sent, out SystemTitle title))
        {
            const string clause = "IEC 62056-5-3 system title";
            fault = SecurityFault.Malformed(new(CodecFaultKind.BadLength, 1, SystemTitle.OctetCount, sent.Length, clause));
            return false;
        }

        bool isKnown = PeerTitle is not SystemTitle known || known == title;
        sender = title;
        fault = isKnown ? SecurityFault.None : new(SecurityFaultKind.TitleMismatch);
        return isKnown;
    }

    private GcmCipher? CipherOf(CipheringForm form, bool isBroadcast) => (CipheredTags.IsDedicated(form), isBroadcast) switch
    {
        (false, false) => _unicast,
        (false, true) => _broadcast,
        (true, false) => _dedicated,
        _ => null,
    };

    private ReceiveCounter? CounterOf(CipheringForm form, bool isBroadcast) => (CipheredTags.IsDedicated(form), isBroadcast) switch
    {
        (false, false) => Counters.Receive,
        (false, true) => Counters.BroadcastReceive,
        (true, false) => _dedicatedReceive,
        _ => null,
    };

    private readonly record struct Reception(
        CipheringForm Form,
        SecurityControl Control,
        uint CounterValue,
        SystemTitle Sender,
        GcmCipher Cipher,
        ReceiveCounter Counter);
}

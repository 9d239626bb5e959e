using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Acse;

/// <summary>The fields of the four ACSE APDUs, read from and written to BER.</summary>
internal ref struct AcseFields
{
    /// <summary>The clause reported for a damaged ACSE APDU.</summary>
    public const string Clause = "IEC 62056-5-3 ACSE APDU (BER)";

    private const byte ContextArc = 1;
    private const byte MechanismArc = 2;
    private const byte IntegerTag = 0x02;
    private const byte OctetStringTag = 0x04;
    private const byte ObjectIdentifierTag = 0x06;
    private const byte GraphicStringTag = 0x80;
    private const byte FirstConstructedDiagnostic = 0xA1;

    /// <summary>A1.</summary>
    public ApplicationContext Context;

    /// <summary>A6 of a request, A4 of a response.</summary>
    public ReadOnlySpan<byte> ApTitle;

    /// <summary>A9 of a request.</summary>
    public byte? AeInvocationId;

    /// <summary>8B or 89.</summary>
    public AuthenticationMechanism? Mechanism;

    /// <summary>AC or AA.</summary>
    public ReadOnlySpan<byte> AuthenticationValue;

    /// <summary>BE.</summary>
    public ReadOnlySpan<byte> UserInformation;

    /// <summary>A2 of a response.</summary>
    public byte? Result;

    /// <summary>The choice inside A3 of a response.</summary>
    public byte DiagnosticSource;

    /// <summary>A3 of a response.</summary>
    public byte Diagnostic;

    /// <summary>80 of a release.</summary>
    public byte? Reason;

    private static ReadOnlySpan<byte> ObjectIdentifierPrefix => [0x60, 0x85, 0x74, 0x05, 0x08];

    /// <summary>Octets of a field with its tag and length.</summary>
    public static int FieldOctets(int contentOctets) => 1 + AxdrWriter.LengthOctets(contentOctets) + contentOctets;

    /// <summary>Reads the outer tag and length, then every field; an inner length that does not fit is a defect.</summary>
    public static bool TryRead(scoped ref AxdrReader reader, byte apduTag, out AcseFields fields)
    {
        fields = default;
        if (!reader.TryExpect(apduTag, CodecFaultKind.UnknownTag, Clause) || !reader.TryReadLengthPrefixed(out ReadOnlySpan<byte> body))
        {
            return false;
        }

        int bodyOffset = reader.ConsumedOctets - body.Length;
        AxdrReader inner = new(body);
        AcseFields read = default;
        bool isRead = TryReadBody(ref inner, apduTag, ref read);
        fields = read;
        return isRead || reader.Fail(Inside(inner.Fault, bodyOffset));
    }

    /// <summary>Reads fields until the octets end or one is damaged; what was read before is kept.</summary>
    public static bool TryReadBody(scoped ref AxdrReader reader, byte apduTag, ref AcseFields fields)
    {
        while (reader.TryPeek(out _))
        {
            if (!reader.TryReadOctet(out byte tag) || !reader.TryReadLengthPrefixed(out ReadOnlySpan<byte> content))
            {
                return false;
            }

            int contentOffset = reader.ConsumedOctets - content.Length;
            AxdrReader inner = new(content);
            if (!fields.TryTake(apduTag, tag, content, ref inner))
            {
                return reader.Fail(Inside(inner.Fault, contentOffset));
            }
        }

        return true;
    }

    /// <summary>Writes A1 with the context name.</summary>
    public static void WriteContext(ref AxdrWriter writer, ApplicationContext context)
    {
        writer.WriteOctet(0xA1);
        writer.WriteLength(2 + ObjectIdentifierPrefix.Length + 2);
        writer.WriteOctet(ObjectIdentifierTag);
        WriteObjectIdentifier(ref writer, ContextArc, (byte)context);
    }

    /// <summary>Writes the requirements and the mechanism name under their tags.</summary>
    public static void WriteMechanism(ref AxdrWriter writer, byte requirementsTag, byte mechanismTag, AuthenticationMechanism mechanism)
    {
        writer.WriteOctets([requirementsTag, 0x02, 0x07, 0x80]);
        writer.WriteOctet(mechanismTag);
        WriteObjectIdentifier(ref writer, MechanismArc, (byte)mechanism);
    }

    /// <summary>Writes a value inside a second tag, such as <c>BE len 04 len value</c>.</summary>
    public static void WriteNested(ref AxdrWriter writer, byte tag, byte innerTag, scoped ReadOnlySpan<byte> value)
    {
        writer.WriteOctet(tag);
        writer.WriteLength(FieldOctets(value.Length));
        writer.WriteOctet(innerTag);
        writer.WriteLengthPrefixed(value);
    }

    /// <summary>Writes user information: <c>BE len 04 len value</c>.</summary>
    public static void WriteUserInformation(ref AxdrWriter writer, scoped ReadOnlySpan<byte> value) =>
        WriteNested(ref writer, 0xBE, OctetStringTag, value);

    /// <summary>Writes a title: <c>tag len 04 len value</c>.</summary>
    public static void WriteTitle(ref AxdrWriter writer, byte tag, scoped ReadOnlySpan<byte> value) =>
        WriteNested(ref writer, tag, OctetStringTag, value);

    /// <summary>Writes an authentication value: <c>tag len 80 len value</c>.</summary>
    public static void WriteAuthenticationValue(ref AxdrWriter writer, byte tag, scoped ReadOnlySpan<byte> value) =>
        WriteNested(ref writer, tag, GraphicStringTag, value);

    /// <summary>Octets of user information, title or authentication value; 0 when it is left out.</summary>
    public static int NestedOctets(int valueOctets) => valueOctets == 0 ? 0 : FieldOctets(FieldOctets(valueOctets));

    private static void WriteObjectIdentifier(ref AxdrWriter writer, byte arc, byte last)
    {
        writer.WriteLength(ObjectIdentifierPrefix.Length + 2);
        writer.WriteOctets(ObjectIdentifierPrefix);
        writer.WriteOctet(arc);
        writer.WriteOctet(last);
    }

    private static CodecFault Inside(CodecFault fault, int offset)
    {
        // The outer octets are all there, so a field that runs out of octets has a wrong length and no more will come.
        CodecFaultKind kind = fault.Kind == CodecFaultKind.Truncated ? CodecFaultKind.BadLength : fault.Kind;
        return fault with { Kind = kind, Offset = fault.Offset + offset, Clause = Clause };
    }

    private static byte LastArc(ReadOnlySpan<byte> identifier, byte arc, byte unknown)
    {
        int prefixOctets = ObjectIdentifierPrefix.Length;
        bool isOurs = identifier.Length == prefixOctets + 2
            && identifier.StartsWith(ObjectIdentifierPrefix)
            && identifier[prefixOctets] == arc;
        return isOurs ? identifier[prefixOctets + 1] : unknown;
    }

    private bool TryTake(byte apduTag, byte tag, ReadOnlySpan<byte> content, scoped ref AxdrReader inner)
    {
        bool isResponse = (apduTag & 1) != 0;
        bool isRelease = (apduTag & 2) != 0;
        return (tag, isResponse, isRelease) switch
        {
            (0xBE, _, _) => TryTakeNested(ref inner, OctetStringTag, out UserInformation),
            (0x80, _, true) => TryTakeReason(ref inner),
            (0xA1, _, false) => TryTakeContext(ref inner),
            (0xA6, false, false) or (0xA4, true, false) => TryTakeNested(ref inner, OctetStringTag, out ApTitle),
            (0xA9, false, false) => TryTakeInteger(ref inner, out AeInvocationId),
            (0x8B, false, false) or (0x89, true, false) => TakeMechanism(content),
            (0xAC, false, false) or (0xAA, true, false) => TryTakeNested(ref inner, GraphicStringTag, out AuthenticationValue),
            (0xA2, true, false) => TryTakeInteger(ref inner, out Result),
            (0xA3, true, false) => TryTakeDiagnostic(ref inner),
            _ => true,
        };
    }

    private static bool TryTakeNested(scoped ref AxdrReader inner, byte innerTag, out ReadOnlySpan<byte> value)
    {
        value = default;
        return inner.TryExpect(innerTag, CodecFaultKind.UnexpectedValue, Clause) && inner.TryReadLengthPrefixed(out value)
            && IsAtEnd(ref inner);
    }

    private static bool TryTakeInteger(scoped ref AxdrReader inner, out byte? value)
    {
        value = null;
        if (!inner.TryExpect(IntegerTag, CodecFaultKind.UnexpectedValue, Clause)
            || !inner.TryReadLengthPrefixed(out ReadOnlySpan<byte> octets))
        {
            return false;
        }

        bool isOneOctet = octets.Length == 1 || (octets.Length == 2 && octets[0] == 0);
        if (!isOneOctet)
        {
            return inner.Fail(new(CodecFaultKind.BadLength, 1, 1, octets.Length, Clause));
        }

        value = octets[^1];
        return IsAtEnd(ref inner);
    }

    private static bool IsAtEnd(scoped ref AxdrReader inner) =>
        inner.RemainingOctets == 0 || inner.Fail(new(CodecFaultKind.BadLength, inner.ConsumedOctets, 0, inner.RemainingOctets, Clause));

    private bool TryTakeReason(scoped ref AxdrReader inner)
    {
        bool isThere = inner.TryReadOctet(out byte reason);
        Reason = reason;
        return isThere && IsAtEnd(ref inner);
    }

    private bool TryTakeContext(scoped ref AxdrReader inner)
    {
        bool isThere = inner.TryExpect(ObjectIdentifierTag, CodecFaultKind.UnexpectedValue, Clause)
            & inner.TryReadLengthPrefixed(out ReadOnlySpan<byte> identifier);
        byte arc = LastArc(identifier, ContextArc, (byte)ApplicationContext.Unknown);
        Context = arc <= (byte)ApplicationContext.ShortNameCiphered ? (ApplicationContext)arc : ApplicationContext.Unknown;
        return isThere && IsAtEnd(ref inner);
    }

    private bool TakeMechanism(ReadOnlySpan<byte> identifier)
    {
        byte arc = LastArc(identifier, MechanismArc, (byte)AuthenticationMechanism.Unknown);
        Mechanism = arc <= (byte)AuthenticationMechanism.HighLevelEcdsa ? (AuthenticationMechanism)arc : AuthenticationMechanism.Unknown;
        return true;
    }

    private bool TryTakeDiagnostic(scoped ref AxdrReader inner)
    {
        if (!inner.TryReadOctet(out byte choice))
        {
            return false;
        }

        if (choice is not (FirstConstructedDiagnostic or FirstConstructedDiagnostic + 1))
        {
            return inner.Fail(new(CodecFaultKind.UnknownTag, 0, FirstConstructedDiagnostic, choice, Clause));
        }

        DiagnosticSource = (byte)(choice - FirstConstructedDiagnostic + 1);
        if (!inner.TryReadLengthPrefixed(out ReadOnlySpan<byte> content))
        {
            return false;
        }

        AxdrReader integer = new(content);
        if (!TryTakeInteger(ref integer, out byte? value))
        {
            return inner.Fail(Inside(integer.Fault, inner.ConsumedOctets - content.Length));
        }

        Diagnostic = value ?? 0;
        return IsAtEnd(ref inner);
    }
}

using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Composes the simple objects of a meter: data, registers and logs of numbers.</summary>
/// <remarks>Spec: IEC 62056-6-2, classes 1, 3, 4 and 7, as the domain guide gives them.</remarks>
internal sealed class ObjectComposer(EsmeState meter)
{
    /// <summary>The inside of the meter.</summary>
    public EsmeState Meter => meter;

    /// <summary>Reads a logical name.</summary>
    public static ObisCode Name(string text) => ObisCode.Parse(text);

    /// <summary>An object of any class.</summary>
    public ComposedObject Object(
        ushort classId, byte version, ObisCode name, IReadOnlyList<CosemAttribute> attributes,
        IReadOnlyList<CosemMethod>? methods = null) =>
        new(meter, classId, version, name, attributes, methods);

    /// <summary>Class 1, Data.</summary>
    public ComposedObject Data(
        string name, AttributeEncoder encode, AttributeSetter? accept = null, ClientAccess read = ClientAccess.Management) =>
        Object(1, 0, Name(name), [new CosemAttribute(2, encode, accept, read)]);

    /// <summary>Class 1, Data: a text that says what the meter is.</summary>
    public ComposedObject Text(string name, string text) =>
        Data(
            name, (ref AxdrWriter writer) => writer.WriteOctetString(System.Text.Encoding.ASCII.GetBytes(text)),
            read: ClientAccess.Identity);

    /// <summary>Class 1, Data: a value that a client may write and nothing else depends on, kept as it was written.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="initial">The encoded value that it has before.</param>
    /// <param name="check">Says whether a value may be written.</param>
    public ComposedObject Setting(string name, byte[] initial, AttributeSetter check)
    {
        ObisCode code = Name(name);
        return Object(1, 0, code,
        [
            new CosemAttribute(
                2,
                (ref AxdrWriter writer) => writer.WriteOctets(meter.Settings.Find(code) ?? initial),
                data =>
                {
                    DataAccessResult result = check(data);
                    if (result == DataAccessResult.Success)
                    {
                        meter.Settings.Set(code, data);
                    }

                    return result;
                }),
        ]);
    }

    /// <summary>Class 3, Register.</summary>
    public ComposedObject Register(string name, sbyte scaler, byte unit, AttributeEncoder encode, Action? reset = null) =>
        Object(
            3, 0, Name(name), [new CosemAttribute(2, encode), ScalerUnit(scaler, unit)],
            [new CosemMethod(1, reset is null ? null : parameters => Zero(parameters, reset))]);

    /// <summary>Class 3, Register of whole watt-hours or varh.</summary>
    public ComposedObject Energy(string name, byte unit, Func<uint> value) =>
        Register(name, 0, unit, (ref AxdrWriter writer) => writer.WriteDoubleLongUnsigned(value()));

    /// <summary>Class 4, Extended register: the maximum of a power.</summary>
    public ComposedObject Demand(string name, MaximumDemand demand) => Object(
        4, 0, Name(name),
        [
            new CosemAttribute(2, (ref AxdrWriter writer) => writer.WriteDoubleLongUnsigned(demand.Watts)),
            ScalerUnit(0, CosemUnit.Watt),
            new CosemAttribute(4, (ref AxdrWriter writer) => writer.WriteUnsigned(0)),
            new CosemAttribute(5, (ref AxdrWriter writer) => WriteMomentOrNever(demand.CapturedAt, ref writer)),
        ],
        [new CosemMethod(1, parameters => Zero(parameters, demand.Reset))]);

    /// <summary>Class 7, Profile generic over a log of numbers.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="log">The rows.</param>
    /// <param name="periodSeconds">The capture period; 0 for rows that come with events.</param>
    /// <param name="columns">The columns after the clock's, each with whether its numbers have a sign.</param>
    public LogProfile Profile(
        string name, MeterLog log, Func<uint> periodSeconds, params (ProfileColumn Column, bool IsSigned)[] columns) =>
        new(Name(name), meter, log, periodSeconds, columns);

    /// <summary>The scaler and unit of a register.</summary>
    public static CosemAttribute ScalerUnit(sbyte scaler, byte unit) => new(3, (ref AxdrWriter writer) =>
    {
        writer.WriteStructure(2);
        writer.WriteInteger(scaler);
        writer.WriteEnum(unit);
    });

    /// <summary>A method that takes integer 0 and cannot fail.</summary>
    public static ActionResult Zero(ReadOnlySpan<byte> parameters, Action body)
    {
        if (!ActionParameters.IsIntegerZero(parameters))
        {
            return ActionResult.TypeUnmatched;
        }

        body();
        return ActionResult.Success;
    }

    /// <summary>A method that takes integer 0 and says whether it was done; 250 when it was not.</summary>
    public static ActionResult ZeroIf(ReadOnlySpan<byte> parameters, Func<bool> body) =>
        !ActionParameters.IsIntegerZero(parameters) ? ActionResult.TypeUnmatched
        : body() ? ActionResult.Success
        : ActionResult.OtherReason;

    /// <summary>Writes a moment, or the date-time that means none.</summary>
    public static void WriteMomentOrNever(DateTimeOffset? moment, ref AxdrWriter writer) => writer.WriteOctetString(
        moment is DateTimeOffset time
            ? ClockOctets.Write(time, 0)
            : [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x80, 0x00, 0xFF]);

    /// <summary>Writes a time of day.</summary>
    public static void WriteTimeOfDay(TimeSpan time, ref AxdrWriter writer) =>
        writer.WriteOctetString([(byte)time.Hours, (byte)time.Minutes, (byte)time.Seconds, 0]);

    /// <summary>Writes a date with its wildcards.</summary>
    public static void WriteDate(in CosemDate date, ref AxdrWriter writer)
    {
        Span<byte> octets = stackalloc byte[CosemDate.OctetCount];
        date.Encode(octets, out _);
        writer.WriteOctetString(octets);
    }

    /// <summary>Reads a date with its wildcards; one that no calendar may hold is refused.</summary>
    public static CosemDate ReadDate(scoped ref ValueReader reader)
    {
        ReadOnlySpan<byte> octets = reader.Octets(CosemDate.OctetCount, CosemDate.OctetCount);
        if (octets.IsEmpty)
        {
            return default;
        }

        CosemDate.Decode(octets, out CosemDate date, out _, out _);
        if (!Tariff.CosemDay.IsUsable(date))
        {
            reader.Refuse(DataAccessResult.OtherReason);
        }

        return date;
    }

    /// <summary>Reads one number and gives it to the meter.</summary>
    public static DataAccessResult TakeNumber(ReadOnlySpan<byte> data, DlmsDataType type, long minimum, long maximum, Action<long> take)
    {
        ValueReader reader = new(data);
        long value = reader.Number(type, minimum, maximum);
        DataAccessResult result = reader.Complete();
        if (result == DataAccessResult.Success)
        {
            take(value);
        }

        return result;
    }

    /// <summary>Reads one moment, or none, and gives it to the meter.</summary>
    public static DataAccessResult TakeMoment(ReadOnlySpan<byte> data, Action<DateTimeOffset?> take)
    {
        ValueReader reader = new(data);
        DateTimeOffset? moment = reader.MomentOrNever();
        DataAccessResult result = reader.Complete();
        if (result == DataAccessResult.Success)
        {
            take(moment);
        }

        return result;
    }
}

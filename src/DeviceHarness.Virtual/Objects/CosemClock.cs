using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Class 8, Clock: time that runs, can be set, adjusted to the minute and shifted; nonsense is refused.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 8 version 0. The meter keeps UTC: time zone 0, no daylight saving, whatever the rules in attributes
/// 5 and 6 say.</remarks>
internal sealed class CosemClock(ObisCode logicalName, EsmeState meter) : CosemObject(
    8,
    0,
    logicalName,
    [
        new CosemAttributeRights(2, ClientAccess.Identity, ClientAccess.Management),
        .. Enumerable.Range(3, 7).Select(id => new CosemAttributeRights(id, ClientAccess.Identity)),
    ],
    [
        new CosemMethodRights(1, null),
        new CosemMethodRights(2, null),
        new CosemMethodRights(AdjustToMinute, ClientAccess.Management),
        new CosemMethodRights(AdjustToPreset, ClientAccess.Management),
        new CosemMethodRights(PresetTime, ClientAccess.Management),
        new CosemMethodRights(ShiftTime, ClientAccess.Management),
    ])
{
    private const int AdjustToMinute = 3;
    private const int AdjustToPreset = 4;
    private const int PresetTime = 5;
    private const int ShiftTime = 6;
    private const sbyte DaylightSavingMinutes = 60;
    private const byte InternalCrystal = 1;

    private static readonly byte[] DaylightSavingBegin = [0xFF, 0xFF, 0x03, 0xFE, 0x07, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00];
    private static readonly byte[] DaylightSavingEnd = [0xFF, 0xFF, 0x0A, 0xFE, 0x07, 0x02, 0x00, 0x00, 0x00, 0xFF, 0xC4, 0x80];

    private (DateTimeOffset Time, DateTimeOffset From, DateTimeOffset To)? _preset;

    private byte Status => meter.Clock.IsValid ? (byte)0 : ClockOctets.InvalidStatus;

    /// <inheritdoc/>
    protected override void Encode(int attribute, ref AxdrWriter writer)
    {
        switch (attribute)
        {
            case 2:
                writer.WriteOctetString(ClockOctets.Write(meter.Clock.Now, Status));
                break;
            case 3:
                writer.WriteLong(0);
                break;
            case 4:
                writer.WriteUnsigned(Status);
                break;
            case 5:
                writer.WriteOctetString(DaylightSavingBegin);
                break;
            case 6:
                writer.WriteOctetString(DaylightSavingEnd);
                break;
            case 7:
                writer.WriteInteger(DaylightSavingMinutes);
                break;
            case 8:
                writer.WriteBoolean(false);
                break;
            case 9:
                writer.WriteEnum(InternalCrystal);
                break;
            default:
                throw Unknown(attribute);
        }
    }

    /// <inheritdoc/>
    protected override DataAccessResult Accept(int attribute, ReadOnlySpan<byte> data)
    {
        if (meter.Has(EsmeDefects.ClockRefused))
        {
            meter.Enter(EventCode.ClockNotAdjusted);
            return DataAccessResult.ReadWriteDenied;
        }

        AxdrReader reader = new(data);
        if (!reader.TryReadValue(out AxdrValue value) || reader.RemainingOctets > 0
            || value.Type is not (DlmsDataType.OctetString or DlmsDataType.DateTime) || value.Octets.Length != ClockOctets.OctetCount)
        {
            return DataAccessResult.TypeUnmatched;
        }

        if (!ClockOctets.TryRead(value.Octets, out DateTimeOffset time))
        {
            return DataAccessResult.OtherReason;
        }

        meter.ChangeClock(clock => clock.Set(time));
        return DataAccessResult.Success;
    }

    /// <inheritdoc/>
    protected override ActionResult Perform(int method, ReadOnlySpan<byte> parameters)
    {
        switch (method)
        {
            case AdjustToMinute:
                if (!ActionParameters.IsIntegerZero(parameters))
                {
                    return ActionResult.TypeUnmatched;
                }

                meter.ChangeClock(static clock => clock.Set(NearestMinute(clock.Now)));
                return ActionResult.Success;
            case AdjustToPreset:
                return ObjectComposer.ZeroIf(parameters, TryAdjustToPreset);
            case PresetTime:
                return Preset(parameters);
            case ShiftTime:
                if (!ActionParameters.TryReadNumber(parameters, DlmsDataType.Long, out long seconds))
                {
                    return ActionResult.TypeUnmatched;
                }

                if (Math.Abs(seconds) > MeterClock.MaximumShiftSeconds)
                {
                    return ActionResult.OtherReason;
                }

                meter.ChangeClock(clock => clock.Shift(TimeSpan.FromSeconds(seconds)));
                return ActionResult.Success;
            default:
                throw Unknown(method);
        }
    }

    // What is preset is not kept without power.
    private ActionResult Preset(ReadOnlySpan<byte> parameters)
    {
        ValueReader reader = new(parameters);
        reader.Structure(3);
        DateTimeOffset? time = reader.MomentOrNever();
        DateTimeOffset? from = reader.MomentOrNever();
        DateTimeOffset? to = reader.MomentOrNever();
        if (reader.IsSound && (time is null || from is null || to is null))
        {
            reader.Refuse(DataAccessResult.OtherReason);
        }

        DataAccessResult result = reader.Complete();
        if (result == DataAccessResult.Success)
        {
            _preset = (time!.Value, from!.Value, to!.Value);
        }

        return (ActionResult)(byte)result;
    }

    private bool TryAdjustToPreset()
    {
        if (_preset is not (var time, var from, var to) || meter.Clock.Now < from || meter.Clock.Now > to)
        {
            return false;
        }

        _preset = null;
        meter.ChangeClock(clock => clock.Set(time));
        return true;
    }

    private static DateTimeOffset NearestMinute(DateTimeOffset time)
    {
        long minute = (time.UtcTicks + (TimeSpan.TicksPerMinute / 2)) / TimeSpan.TicksPerMinute;
        return new DateTimeOffset(minute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
    }
}

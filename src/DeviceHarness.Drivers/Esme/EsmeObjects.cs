using System.Buffers;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Security;
using DeviceHarness.Duis.Bodies.Supply;

namespace DeviceHarness.Drivers.Esme;

/// <summary>The capabilities of an electricity meter, by the objects that its profile names.</summary>
internal sealed class EsmeObjects(DlmsClient client, EsmeObjectMap map, string port, IAssociationDraws? draws = null)
    : IRegisterReader, IDeviceClock, ISupplySwitch, IFirmwareIdentity
{
    private const byte QuestionableStatus =
        CosemDateTime.DoubtfulValueStatus | CosemDateTime.DifferentClockBaseStatus | CosemDateTime.InvalidClockStatus;

    private readonly FirmwareVersionObject _firmware = new(client, map.FirmwareActive, port);

    /// <inheritdoc/>
    public async ValueTask<long> ReadRegisterAsync(RegisterQuantity quantity, CancellationToken cancellationToken)
    {
        CosemRegister register = quantity == RegisterQuantity.ActiveEnergyImport ? map.ActiveEnergyImport : map.ReactiveEnergyImport;
        ScalerUnit scalerUnit = DecodeScalerUnit(
            await client.GetAsync(register.ScalerUnit, cancellationToken).ConfigureAwait(false), register);
        ReadOnlyMemory<byte> data = await client.GetAsync(register.Value, cancellationToken).ConfigureAwait(false);
        long raw = DecodeWholeNumber(data, register.Value);
        return scalerUnit.TryScale(raw, out decimal value) || TryCut(raw, scalerUnit, out value)
            ? (long)decimal.Truncate(value)
            : throw DlmsFaults.Unexpected(data, What(register.Value), $"{raw} x 10^{scalerUnit.Scaler} is beyond any register");
    }

    /// <inheritdoc/>
    public async ValueTask<ClockReading> ReadTimeAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> data = await client.GetAsync(map.ClockTime, cancellationToken).ConfigureAwait(false);
        AxdrReader reader = new(data.Span);
        CodecFault fault = CodecFault.None;
        bool isMoment = reader.TryReadValue(out AxdrValue value)
            && value.Type is DlmsDataType.OctetString or DlmsDataType.DateTime
            && value.Octets.Length == CosemDateTime.OctetCount;
        if (!isMoment || CosemDateTime.Decode(value.Octets, out CosemDateTime moment, out _, out fault) != OperationStatus.Done)
        {
            throw DlmsFaults.Malformed(data, isMoment ? fault : reader.Fault, What(map.ClockTime));
        }

        // The clocks of these meters run on UTC; one that does not say its deviation is taken at that word.
        bool hasTime = moment.TryToDateTimeOffset(out DateTimeOffset time, TimeSpan.Zero);
        byte status = moment.ClockStatus == CosemDateTime.Unspecified ? (byte)0 : moment.ClockStatus;
        bool isInvalid = !hasTime || (status & CosemDateTime.InvalidValueStatus) != 0;
        return new ClockReading(hasTime ? time.ToUniversalTime() : null, isInvalid, (status & QuestionableStatus) != 0);
    }

    /// <inheritdoc/>
    public ValueTask SetTimeAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        byte[] data = new byte[2 + CosemDateTime.OctetCount];
        AxdrWriter writer = new(data);
        DateTimeOffset set = draws?.TimeToSet(time) ?? time;
        writer.WriteOctetString(CosemDateTime.From(set.ToUniversalTime()).ToOctets());
        return client.SetAsync(map.ClockTime, data, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask EnableAsync(CancellationToken cancellationToken) =>
        _ = await client.ActionAsync(map.SupplySwitch.Enable, map.SupplySwitch.EnableParameter, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask DisableAsync(CancellationToken cancellationToken) =>
        _ = await client.ActionAsync(map.SupplySwitch.Disable, map.SupplySwitch.DisableParameter, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<SupplyState> ReadStateAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> data = await client.GetAsync(map.SupplyState, cancellationToken).ConfigureAwait(false);
        return DecodeWholeNumber(data, map.SupplyState) switch
        {
            0 => SupplyState.Disabled,
            1 => SupplyState.Enabled,
            2 => SupplyState.Armed,
            long other => throw DlmsFaults.Unexpected(
                data, What(map.SupplyState), $"the control state {other} where 0, 1 or 2 was expected"),
        };
    }

    /// <inheritdoc/>
    public ValueTask<string> ReadActiveVersionAsync(CancellationToken cancellationToken) =>
        _firmware.ReadActiveVersionAsync(cancellationToken);

    /// <summary>A fraction that decimal arithmetic cannot hold exactly is far below a watt-hour: cut step by step.</summary>
    private static bool TryCut(long raw, ScalerUnit scalerUnit, out decimal value)
    {
        value = raw;
        if (scalerUnit.Scaler >= 0)
        {
            return false;
        }

        for (int power = -scalerUnit.Scaler; power > 0 && value != 0; power--)
        {
            value = decimal.Truncate(value / 10m);
        }

        return true;
    }

    private ScalerUnit DecodeScalerUnit(ReadOnlyMemory<byte> data, CosemRegister register)
    {
        if (ScalerUnit.Decode(data.Span, out ScalerUnit scalerUnit, out _, out CodecFault fault) != OperationStatus.Done)
        {
            throw DlmsFaults.Malformed(data, fault, What(register.ScalerUnit));
        }

        return scalerUnit.Unit == register.Unit
            ? scalerUnit
            : throw DlmsFaults.Unexpected(data, What(register.ScalerUnit), $"unit {scalerUnit.Unit} where {register.Unit} was expected");
    }

    private long DecodeWholeNumber(ReadOnlyMemory<byte> data, CosemAttributeDescriptor attribute)
    {
        AxdrReader reader = new(data.Span);
        return reader.TryReadValue(out AxdrValue value) && value.TryGetInt64(out long number)
            ? number
            : throw DlmsFaults.Malformed(data, reader.Fault, $"{What(attribute)}: no whole number");
    }

    private string What(CosemAttributeDescriptor attribute) => $"{port}: GET {attribute}";
}

using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 4.2: active and reactive energy exported, whole Wh and varh.</summary>
[Srv("4.2")]
internal sealed class ReadInstantaneousExportRegistersHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        long? active = await values.IntegerAsync("ActiveExportRegister", cancellationToken).ConfigureAwait(false);
        long? reactive = await values.IntegerAsync("ReactiveExportRegister", cancellationToken).ConfigureAwait(false);
        return new ReadInstantaneousExportRegistersRsp
        {
            MessageSuccess = true,
            ActiveExportRegister = active is { } wh ? new RegisterReading(wh) : null,
            ReactiveExportRegister = reactive is { } varh ? new RegisterReading(varh) : null,
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadInstantaneousExportRegistersRsp { MessageSuccess = false };
}

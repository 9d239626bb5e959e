using System.Globalization;
using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 7.11: reads what the boost button acts on; its uses are not listed.</summary>
[Srv("7.11")]
internal sealed class ReadBoostButtonDetailsHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        List<bool?> controls = [];
        for (int control = 0; control < ReadBoostButtonDetailsRsp.Controls; control++)
        {
            string field = string.Create(CultureInfo.InvariantCulture, $"BoostFunctionControl{control + 1}Value");
            controls.Add(await values.TruthAsync(field, cancellationToken).ConfigureAwait(false));
        }

        return new ReadBoostButtonDetailsRsp
        {
            MessageSuccess = true,
            BoostFunctionAvailability = await values.TruthAsync("BoostFunctionAvailability", cancellationToken).ConfigureAwait(false),
            BoostFunctionControlValues = [.. controls.Take(controls.FindLastIndex(value => value is not null) + 1)],
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadBoostButtonDetailsRsp { MessageSuccess = false };
}

using System.Globalization;
using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 7.7: reads the auxiliary load control switches; special days and schedule are left out.</summary>
[Srv("7.7")]
internal sealed class ReadALCSDataHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    private const int DescriptionCharacters = 22;

    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        List<AuxiliaryLoadControlSwitch> switches = [];
        for (int index = 1; index <= ReadALCSDataRsp.MaxSwitches; index++)
        {
            string number = index.ToString(CultureInfo.InvariantCulture);
            if (values.Has($"State{number}"))
            {
                string? description = await values.TextAsync($"Description{number}", DescriptionCharacters, cancellationToken)
                    .ConfigureAwait(false);
                bool? state = await values.TruthAsync($"State{number}", cancellationToken).ConfigureAwait(false);
                switches.Add(new AuxiliaryLoadControlSwitch(index, description, state));
            }
        }

        return new ReadALCSDataRsp { MessageSuccess = true, Switches = switches };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadALCSDataRsp { MessageSuccess = false };
}

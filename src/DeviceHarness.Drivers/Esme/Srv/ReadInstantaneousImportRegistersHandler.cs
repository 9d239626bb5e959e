using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 4.1.1: active and reactive energy imported. A meter with one element has no secondary register, so it is left
/// out.</summary>
[Srv("4.1.1")]
internal sealed class ReadInstantaneousImportRegistersHandler(IRegisterReader registers) : DirectSrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => SrvRefusal.OfRead;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        long activeWh = await registers.ReadRegisterAsync(RegisterQuantity.ActiveEnergyImport, cancellationToken).ConfigureAwait(false);
        long reactiveVarh = await registers.ReadRegisterAsync(RegisterQuantity.ReactiveEnergyImport, cancellationToken)
            .ConfigureAwait(false);
        return new ReadInstantaneousImportRegistersRsp
        {
            MessageSuccess = true,
            Electricity = new ElectricityImportRegisters(new RegisterReading(activeWh), new RegisterReading(reactiveVarh)),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadInstantaneousImportRegistersRsp { MessageSuccess = false };
}

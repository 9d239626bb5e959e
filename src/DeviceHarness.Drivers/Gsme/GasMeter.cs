using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.SmartEnergy;

namespace DeviceHarness.Drivers.Gsme;

/// <summary>One gas meter on the network, or the mirror of one.</summary>
internal sealed class GasMeter(SmartEnergyOptions options) : SmartEnergyDevice(options, ClusterCatalogue.Metering);

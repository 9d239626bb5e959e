using System.Collections.Concurrent;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Bench;

/// <summary>Drivers from assemblies that rig files name. Each assembly is loaded once, in a context of its own, and stays.</summary>
internal static class ForeignDrivers
{
    private const string Key = "driver";

    private static readonly ConcurrentDictionary<ForeignDriver, IDeviceDriverFactory> Factories = new();

    /// <summary>Makes the driver of a device.</summary>
    /// <exception cref="ConfigurationException">RIG-009: the assembly cannot be loaded, or has no such class.</exception>
    internal static IDeviceDriver Create(ForeignDriver driver, DriverNeeds needs) =>
        Factories.GetOrAdd(driver, Load).Create(new DeviceDriverNeeds
        {
            Id = needs.Device.Id,
            DeviceType = needs.Device.DeviceType,
            Profile = needs.Device.Profile,
            Transport = needs.Transport,
            Time = needs.Time,
            AdapterLatency = needs.AdapterLatency,
        });

    private static IDeviceDriverFactory Load(ForeignDriver driver)
    {
        IReadOnlyList<Type> candidates = ForeignAssembly.ClassesOf<IDeviceDriverFactory>(driver, Key);
        Type[] wanted = [.. candidates.Where(type => driver.TypeName.Length == 0 || type.FullName == driver.TypeName)];
        if (wanted.Length != 1)
        {
            string found = string.Join(", ", candidates.Select(type => type.FullName));
            throw ForeignAssembly.Wrong(
                driver,
                Key,
                found.Length == 0 ? "no class that makes drivers" : found,
                driver.TypeName.Length == 0 ? "one public class that makes drivers, or its name in 'type'" : driver.TypeName);
        }

        return ForeignAssembly.Make<IDeviceDriverFactory>(driver, wanted[0], Key);
    }
}

using System.Collections.Concurrent;
using System.Reflection;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Bench;

/// <summary>Drivers from assemblies that rig files name. Each assembly is loaded once, in a context of its own, and stays.</summary>
internal static class ForeignDrivers
{
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
        Type[] candidates = [.. TypesOf(driver).Where(type =>
            type is { IsClass: true, IsAbstract: false } && typeof(IDeviceDriverFactory).IsAssignableFrom(type)
            && type.GetConstructor(Type.EmptyTypes) is not null)];
        Type[] wanted = [.. candidates.Where(type => driver.TypeName.Length == 0 || type.FullName == driver.TypeName)];
        if (wanted.Length != 1)
        {
            string found = string.Join(", ", candidates.Select(type => type.FullName));
            throw Wrong(
                driver,
                found.Length == 0 ? "no class that makes drivers" : found,
                driver.TypeName.Length == 0 ? "one public class that makes drivers, or its name in 'type'" : driver.TypeName);
        }

        try
        {
            return (IDeviceDriverFactory)Activator.CreateInstance(wanted[0])!;
        }
        catch (TargetInvocationException exception)
        {
            throw Wrong(driver, $"a constructor that fails: {exception.InnerException?.Message}", "a constructor that does not");
        }
    }

    private static Type[] TypesOf(ForeignDriver driver)
    {
        try
        {
            return new DriverAssembly(driver.AssemblyPath).LoadFromAssemblyPath(driver.AssemblyPath).GetExportedTypes();
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or InvalidOperationException
            or TypeLoadException or ReflectionTypeLoadException)
        {
            throw Wrong(driver, exception.Message, "an assembly for this platform with all that it needs beside it");
        }
    }

    private static ConfigurationException Wrong(ForeignDriver driver, string found, string allowed) =>
        new("RIG-009", driver.AssemblyPath, 0, 0, "driver", found, allowed);
}

using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Drivers.Tests.Esme.Reads;

/// <summary>Variations of the generic profile for reads.</summary>
internal static class ReadProfiles
{
    private const string Place = "  \"6.2.9\":";

    /// <summary>The generic profile with the units that it has, for the addresses and mechanism of the vectors.</summary>
    internal static DeviceProfile Generic()
    {
        DeviceProfile test = TestProfile.Load();
        return test with { Objects = DeviceProfileLoader.LoadFile(TestProfile.GenericPath).Objects };
    }

    /// <summary>A model that tells when its auxiliary load is switched.</summary>
    internal static DeviceProfile WithAuxiliaryCalendar(DeviceProfile profile) => profile with
    {
        Objects = profile.Objects with { Reads = With(AuxiliaryCalendar).Objects.Reads },
    };

    /// <summary>A model with two auxiliary loads and a boost button for both.</summary>
    internal static DeviceProfile WithAuxiliaryLoads(DeviceProfile profile) => profile with
    {
        Objects = profile.Objects with { Reads = With(AuxiliaryLoads).Objects.Reads },
    };

    /// <summary>A model whose export profile captures reactive energy too.</summary>
    internal static DeviceProfile WithReactiveExport(DeviceProfile profile)
    {
        const string place = "    ActiveEnergyExportedValue:";
        const string reactive =
            "    ReactiveEnergyExportedValue: { class: 3, name: \"1-0:4.8.0.255\", attribute: 2, unit: varh }\n";
        DeviceProfile more = DeviceProfileLoader.Load(
            File.ReadAllText(TestProfile.GenericPath).Replace(place, reactive + place, StringComparison.Ordinal), "test.yaml");
        return profile with { Objects = more.Objects };
    }

    /// <summary>A model that knows no periods in its load profile.</summary>
    internal static DeviceProfile SelectingEntries(DeviceProfile profile)
    {
        Dictionary<string, IReadOnlyDictionary<string, ReadObject>> variants = new(profile.Objects.Reads.Variants);
        variants["4.8.1"] = variants["4.8.1"].ToDictionary(
            pair => pair.Key, pair => pair.Key == "log" ? pair.Value with { SelectsEntries = true } : pair.Value);
        return profile with { Objects = profile.Objects with { Reads = new ReadMap(variants) } };
    }

    /// <summary>The generic profile with more reads.</summary>
    internal static DeviceProfile With(string reads) => DeviceProfileLoader.Load(
        File.ReadAllText(TestProfile.GenericPath).Replace(Place, reads + Place, StringComparison.Ordinal), "test.yaml");

    private const string AuxiliaryCalendar =
        """
          "7.7":
            State1: { class: 1, name: "0-0:94.44.117.1", attribute: 2 }
            ALCSHCALCSSpecialDays: { class: 11, name: "0-0:11.0.3.255", attribute: 2 }
            ALCSScheduler: { class: 10, name: "0-0:12.0.2.255", attribute: 2, scripts: { "11": 1 on, "10": 1 off } }

        """;

    private const string AuxiliaryLoads =
        """
          "7.7":
            Description1: { class: 1, name: "0-0:94.44.0.11", attribute: 2 }
            State1: { class: 1, name: "0-0:94.44.117.1", attribute: 2 }
            State2: { class: 1, name: "0-0:94.44.117.2", attribute: 2 }
          "7.11":
            BoostFunctionControl1Value: { class: 1, name: "0-0:94.44.6.1", attribute: 2 }
            BoostFunctionControl2Value: { class: 1, name: "0-0:94.44.6.2", attribute: 2 }

        """;
}

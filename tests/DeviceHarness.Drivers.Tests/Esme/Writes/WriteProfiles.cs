using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Drivers.Tests.Esme.Writes;

/// <summary>Variations of the generic profile for writes.</summary>
internal static class WriteProfiles
{
    private const string Place = "  \"7.3\":";

    /// <summary>A model with two auxiliary loads and a boost button for both.</summary>
    internal static DeviceProfile WithAuxiliaryLoads(DeviceProfile profile) => profile with
    {
        Objects = profile.Objects with { Writes = With(AuxiliaryLoads) },
    };

    /// <summary>A model that takes nothing of a variant.</summary>
    internal static Func<DeviceProfile, DeviceProfile> Without(string srv, string? value = null) => profile =>
    {
        Dictionary<string, IReadOnlyDictionary<string, WriteObject>> variants = new(profile.Objects.Writes.Variants);
        variants[srv] = variants[srv].Where(pair => value is not null && pair.Key != value)
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        return profile with { Objects = profile.Objects with { Writes = new WriteMap(variants) } };
    };

    /// <summary>The writes of the generic profile with more of them.</summary>
    internal static WriteMap With(string writes) => DeviceProfileLoader.Load(
        File.ReadAllText(TestProfile.GenericPath).Replace(Place, writes + Place, StringComparison.Ordinal), "test.yaml").Objects.Writes;

    private const string AuxiliaryLoads =
        """
          "7.5":
            ActivateALCSHCALCS:
              { class: 9, name: "0-0:10.0.103.255", method: 1, form: long-unsigned value, words: { "1": 11, "2": 21 } }
            Duration: left out
          "7.6":
            DeactivateALCSHCALCS:
              { class: 9, name: "0-0:10.0.103.255", method: 1, form: long-unsigned value, words: { "1": 10, "2": 20 } }
            Duration: left out
          "7.8":
            ResetALCSHCALCS:
              { class: 9, name: "0-0:10.0.103.255", method: 1, form: long-unsigned value, words: { "1": 12, "2": 22 } }
          "7.9":
            BoostFunctionControl1: { class: 1, name: "0-0:94.44.6.1", attribute: 2, form: bit-string 10000000 }
            BoostFunctionControl2: { class: 1, name: "0-0:94.44.6.2", attribute: 2, form: bit-string 01000000 }
          "7.10":
            BoostFunctionControl1: { class: 1, name: "0-0:94.44.6.1", attribute: 2, form: bit-string 00000000 }
            BoostFunctionControl2: { class: 1, name: "0-0:94.44.6.2", attribute: 2, form: bit-string 00000000 }

        """;
}

namespace DeviceHarness.Packs.Variables;

/// <summary>The names that <c>${…}</c> knows without a capture.</summary>
public static class BuiltInVariables
{
    /// <summary>The name of the case's own device.</summary>
    public const string Device = "device";

    /// <summary>The name of the rig.</summary>
    public const string Rig = "rig";

    /// <summary>The seed of the run.</summary>
    public const string Seed = "seed";

    /// <summary>The name of the request that is being written; it may be used in a request's <c>xml</c> only.</summary>
    public const string Request = "request";

    /// <summary>What stands before the name of a parameter of the pack; its value is known when the pack is read.</summary>
    public const string Parameter = "parameter";

    /// <summary>What can be asked of a device, after its role and a point.</summary>
    public static IReadOnlyList<string> DeviceProperties { get; } = ["name", "type", "eui64", "profile", "firmware", "status"];

    /// <summary>What can be asked of the request that is being written.</summary>
    public static IReadOnlyList<string> RequestProperties { get; } = ["id", "originator", "target", "counter"];

    /// <summary>Names that no capture and no device role may take.</summary>
    public static IReadOnlySet<string> Reserved { get; } =
        new HashSet<string>(StringComparer.Ordinal) { VariableReference.Now, Device, Rig, Seed, Request, Parameter };
}

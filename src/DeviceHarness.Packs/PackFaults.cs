namespace DeviceHarness.Packs;

/// <summary>The stable codes of what can be wrong with a pack.</summary>
public static class PackFaults
{
    /// <summary>A service reference variant that the catalogue does not have.</summary>
    public const string UnknownServiceReferenceVariant = "PACK-001";

    /// <summary>A User Role that DUIS does not have.</summary>
    public const string UnknownRole = "PACK-002";

    /// <summary>A <c>${…}</c> that nothing defines.</summary>
    public const string UnknownVariable = "PACK-003";

    /// <summary>A <c>${…}</c> that only this step or a later one defines.</summary>
    public const string ForwardReference = "PACK-004";

    /// <summary>Two cases, captures or needs of one name.</summary>
    public const string Duplicate = "PACK-005";

    /// <summary>A device role that the pack's needs do not declare.</summary>
    public const string UnknownDeviceRole = "PACK-006";

    /// <summary>A step of no known kind, or of several.</summary>
    public const string StepKind = "PACK-007";

    /// <summary>A request that cannot be written: its variant has no body in this harness, or its values do not fit.</summary>
    public const string RequestBody = "PACK-008";

    /// <summary>An expectation or a condition that makes no sense.</summary>
    public const string Expectation = "PACK-009";

    /// <summary>A value that is only known when the step runs does not fit.</summary>
    public const string Value = "PACK-010";

    /// <summary>A step refers to a step that the case does not have, or that does not fit.</summary>
    public const string StepReference = "PACK-011";

    /// <summary>More is wrong with the pack than is listed.</summary>
    public const string TooManyFaults = "PACK-012";

    /// <summary>A UTRN, an MPxN or another secret is written out: a pack's text is stored and shown as it is.</summary>
    public const string Secret = "PACK-013";

    /// <summary>A pack that is to be included does not exist.</summary>
    public const string IncludeMissing = "PACK-014";

    /// <summary>A pack that includes itself, by others or at once, or too many of them.</summary>
    public const string IncludeCycle = "PACK-015";

    /// <summary>A parameter that the pack does not have, or a value that it does not allow.</summary>
    public const string Parameter = "PACK-016";

    /// <summary>A pack that has less than it declares.</summary>
    public const string Declaration = "PACK-017";
}

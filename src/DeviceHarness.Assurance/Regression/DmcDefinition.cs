using DeviceHarness.Assurance.Proposals;

namespace DeviceHarness.Assurance.Regression;

/// <summary>A Device Model Combination with the components that it runs on, as a person stated them.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Cohort">The cohort that it belongs to; may be empty.</param>
/// <param name="Components">The names of the software components that serve it or are in it, such as <c>s1sp-cgi</c> or
/// <c>esme-firmware</c>: what two combinations share has one name.</param>
public sealed record DmcDefinition(string Id, string Cohort, IReadOnlyList<string> Components)
{
    /// <summary>The most components of a combination.</summary>
    public const int MaximumComponents = 50;

    /// <summary>The longest id, cohort or name of a component, in characters.</summary>
    public const int MaximumText = 200;

    /// <summary>The most versions of <see cref="Eligible"/>.</summary>
    public const int MaximumEligible = 50;

    /// <summary>The firmware with which it is on the Eligible Product Combinations List; empty when it is not on it.</summary>
    public IReadOnlyList<EligibleFirmware> Eligible { get; init; } = [];

    /// <summary>Why it cannot be kept; empty when it can.</summary>
    public string WhyNot() => HasBadEligible
        ? FormattableString.Invariant($"eligible firmware is a device type and a version, at most {MaximumEligible} of them")
        : WhyNotComponents();

    private bool HasBadEligible => Eligible.Count > MaximumEligible
        || Eligible.Any(firmware => firmware.DeviceType.Length is 0 or > MaximumText || firmware.Version.Length is 0 or > MaximumText);

    private string WhyNotComponents() => Id.Length is 0 or > MaximumText || Cohort.Length > MaximumText
        || Components.Count is 0 or > MaximumComponents || Components.Any(name => name.Length is 0 or > MaximumText)
        ? FormattableString.Invariant(
            $"a combination needs an id and 1 to {MaximumComponents} components, each of 1 to {MaximumText} characters")
        : string.Empty;
}

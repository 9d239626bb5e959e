namespace DeviceHarness.Assurance.Regression;

/// <summary>A version of a component that came into use.</summary>
/// <param name="Component">The component.</param>
/// <param name="Version">Its version.</param>
/// <param name="ChangesCode">Whether code changed; a change of configuration or data alone makes no regression due.</param>
/// <param name="IssueId">The issue that it fixes; empty when it fixes none.</param>
/// <param name="Who">Who recorded it; not empty.</param>
/// <param name="Reason">Why, or with which release; not empty.</param>
/// <param name="Time">When it came into use, in UTC.</param>
/// <remarks>Spec: project guide to the DMCT process, section 3.6.</remarks>
public sealed record ComponentRelease(
    string Component, string Version, bool ChangesCode, string IssueId, string Who, string Reason, DateTimeOffset Time)
{
    /// <summary>Why it cannot be kept; empty when it can.</summary>
    public string WhyNot()
    {
        if (Who.Length == 0 || Reason.Length == 0)
        {
            return "a release needs who records it and a reason";
        }

        return new[] { Component, Version }.Any(text => text.Length is 0 or > DmcDefinition.MaximumText)
            ? FormattableString.Invariant($"a release needs a component and a version, each of 1 to {DmcDefinition.MaximumText} characters")
            : string.Empty;
    }

    /// <summary>Such as <c>s1sp-cgi 1.5 (fix of 110031)</c>.</summary>
    public override string ToString() => $"{Component} {Version}{(IssueId.Length == 0 ? string.Empty : $" (fix of {IssueId})")}";
}

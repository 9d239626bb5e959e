namespace DeviceHarness.Duis.Catalogue;

/// <summary>What is known of one response code.</summary>
/// <param name="Code">The code, such as <c>E5</c>.</param>
/// <param name="Kind">Information, warning or error; generic or of one Service Request.</param>
/// <param name="Meaning">What it means, in our words; empty when no public source says.</param>
public sealed record ResponseCodeEntry(string Code, string Kind, string Meaning);

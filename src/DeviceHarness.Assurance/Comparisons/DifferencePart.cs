namespace DeviceHarness.Assurance.Comparisons;

/// <summary>The part of a difference between two pass rates that one cause has.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Share">The part, as a share of 1: positive where the second cycle is the better one.</param>
/// <param name="Gained">The cases that passed in the second cycle and did not in the first.</param>
/// <param name="Lost">The cases that passed in the first cycle and did not in the second.</param>
/// <param name="OneSided">The cases that one cycle alone counts.</param>
/// <remarks>A case that several causes apply to is named under each of them and gives each an equal part of its share.</remarks>
public sealed record DifferencePart(
    DifferenceCause Cause, Fraction Share, IReadOnlyList<string> Gained, IReadOnlyList<string> Lost, IReadOnlyList<string> OneSided)
{
    /// <summary>The cause in words.</summary>
    public string Name => Cause switch
    {
        DifferenceCause.DeviceSet => "device set",
        DifferenceCause.Firmware => "firmware",
        DifferenceCause.Pack => "pack",
        DifferenceCause.Rig => "rig or adapter",
        DifferenceCause.Harness => "harness",
        DifferenceCause.Scope => "cases in scope",
        _ => "the rest",
    };
}

namespace DeviceHarness.Virtual.Firmware;

/// <summary>Which versions a meter comes to from some others only.</summary>
/// <param name="steps">The steps; a version that none leads to is reached from every other.</param>
public sealed class UpgradePath(IReadOnlyList<UpgradeStep> steps) : IEquatable<UpgradePath>
{
    /// <summary>The most steps.</summary>
    public const int MaximumSteps = 16;

    /// <summary>Every version is reached from every other.</summary>
    public static UpgradePath Free { get; } = new([]);

    /// <summary>Whether a meter takes a version.</summary>
    /// <param name="running">The version that it runs.</param>
    /// <param name="next">The version that it is to run.</param>
    public bool Allows(string running, string next)
    {
        bool isFree = true;
        foreach (UpgradeStep step in steps)
        {
            if (step.To == next && step.From == running)
            {
                return true;
            }

            isFree &= step.To != next;
        }

        return isFree;
    }

    /// <inheritdoc/>
    public bool Equals(UpgradePath? other) => other is not null && steps.SequenceEqual(other.Steps);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UpgradePath);

    /// <inheritdoc/>
    public override int GetHashCode() => steps.Count;

    private IReadOnlyList<UpgradeStep> Steps => steps;
}

/// <summary>A step from one version to another.</summary>
/// <param name="From">The version that runs.</param>
/// <param name="To">The version of the image.</param>
public sealed record UpgradeStep(string From, string To);

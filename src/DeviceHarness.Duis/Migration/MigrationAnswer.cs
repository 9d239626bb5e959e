namespace DeviceHarness.Duis.Migration;

/// <summary>What became of a migration file.</summary>
public enum MigrationOutcome
{
    /// <summary>It was taken, and the next one is due.</summary>
    Accepted,

    /// <summary>It was not the one that was due: the attempt has failed, and the files are to come again from the first.</summary>
    OutOfSequence,

    /// <summary>A device of the installation may not be migrated: the attempt has failed.</summary>
    Invalid,

    /// <summary>It was the last one: the installation is migrated.</summary>
    Migrated,

    /// <summary>It was the last one, and the migration took longer than it should: a result of its own, and no failure.</summary>
    MigratedSlowly,

    /// <summary>Too many attempts have failed: nothing is taken any more.</summary>
    Excluded,
}

/// <summary>What became of a migration file, for a program and for people.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Text">Why.</param>
/// <param name="Attempt">The attempt that it belonged to, from 1.</param>
public sealed record MigrationAnswer(MigrationOutcome Outcome, string Text, int Attempt)
{
    /// <summary>Whether it ends an attempt without a migration.</summary>
    public bool IsFailure => Outcome is MigrationOutcome.OutOfSequence or MigrationOutcome.Invalid or MigrationOutcome.Excluded;
}

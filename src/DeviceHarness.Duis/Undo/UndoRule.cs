using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Duis.Undo;

/// <summary>How a state of a device that a command changes is put back: what reads it, and which commands restore it.</summary>
/// <remarks>A state is a text that equals itself when read again. It is kept on a disk before the command is sent, so that another process
/// can restore it.</remarks>
public abstract class UndoRule
{
    /// <summary>The turn of a balance: a mode or a debt may change it, and it decides about the supply.</summary>
    private protected const int BeforeSupply = 1;

    /// <summary>The turn of the supply.</summary>
    private protected const int SupplyTurn = 2;

    /// <summary>The turn of what is only compared.</summary>
    private protected const int AfterAll = 3;

    private protected UndoRule(string name, IReadOnlyList<string> variants, IReadOnlyList<SrvRequestBody> reads)
    {
        Name = name;
        Title = name;
        Variants = variants;
        Reads = reads;
    }

    /// <summary>The rule's own name, such as <c>supply</c> or <c>auxiliary load 2</c>.</summary>
    public string Name { get; }

    /// <summary>What the state is, in words; rules for parts of the same state have it in common.</summary>
    public string Title { get; private protected init; }

    /// <summary>The service reference variants that change the state.</summary>
    public IReadOnlyList<string> Variants { get; }

    /// <summary>The DUIS device types whose commands it is for.</summary>
    public IReadOnlyList<string> DeviceTypes { get; internal init; } = [UndoRules.Electricity];

    /// <summary>The requests that read the state, in this order.</summary>
    public IReadOnlyList<SrvRequestBody> Reads { get; }

    /// <summary>Whether the state to go back to is the one that is read before the first command; otherwise it is a stated or usual
    /// one.</summary>
    public virtual bool IsReadFirst => true;

    /// <summary>Whether the inverse is run even when the state looks as it was: a command may leave more behind than can be read.</summary>
    public virtual bool IsAlwaysRun => false;

    /// <summary>Whether the state moves without any command, as a balance does: what was told a while ago is no baseline.</summary>
    public virtual bool MovesByItself => false;

    /// <summary>When the state is put back among all: the lowest first. What puts others back may change it, or keep it from going
    /// back.</summary>
    public virtual int Turn => 0;

    /// <summary>Whether commands restore the state. One that none restores is compared: where it differs the device is off its
    /// baseline.</summary>
    public virtual bool IsRestored => true;

    /// <summary>Whether a command that another rule undoes, or none, may change the state too, at once or later.</summary>
    /// <param name="command">The command.</param>
    public virtual bool IsTouchedBy(SrvRequestBody command) => false;

    /// <summary>Whether the rule is for a command.</summary>
    /// <param name="command">The command.</param>
    public virtual bool Covers(SrvRequestBody command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Variants.Contains(command.ServiceReferenceVariant);
    }

    /// <summary>The state to go back to when no reading tells one; null when nobody states one.</summary>
    /// <param name="facts">What the rig file states of the device.</param>
    public virtual string? StatedIn(IReadOnlyDictionary<string, string> facts) => null;

    /// <summary>The state before a command; null when the readings do not tell it. What they leave out, and the command sets, is taken from
    /// the command: nobody can put that back.</summary>
    /// <param name="readings">What was read before it.</param>
    /// <param name="command">The command.</param>
    public abstract string? StateBefore(UndoReadings readings, SrvRequestBody command);

    /// <summary>The values that a command sets and that nobody puts back: no reading told them, so that the state before it has them as the
    /// command does, or what restores that state cannot set them.</summary>
    /// <param name="readings">What was read before it.</param>
    /// <param name="command">The command.</param>
    /// <returns>Their names in the request; empty for a state that is told whole.</returns>
    public virtual IReadOnlyList<string> LeftOut(UndoReadings readings, SrvRequestBody command) => [];

    /// <summary>The state that readings tell; null when they tell none.</summary>
    /// <param name="readings">What was read.</param>
    /// <param name="baseline">The state to go back to, for what the readings leave out.</param>
    public abstract string? StateOf(UndoReadings readings, string baseline);

    /// <summary>The commands that restore a state, in their order; empty when none do.</summary>
    /// <param name="baseline">The state to go back to.</param>
    /// <param name="now">What was read just before.</param>
    public abstract IReadOnlyList<SrvRequestBody> Restore(string baseline, UndoReadings now);

    /// <summary>The command that withdraws what the device holds for a later time; null when it never holds anything.</summary>
    /// <param name="baseline">The state to go back to.</param>
    public virtual SrvRequestBody? Withdrawal(string baseline) => null;

    /// <summary>A state in a few words.</summary>
    /// <param name="state">The state.</param>
    public virtual string Told(string state) => state;

    /// <summary>What is not as it was, in a few words that go on from the rule's name.</summary>
    /// <param name="state">The state that was read.</param>
    /// <param name="baseline">The state to go back to.</param>
    public virtual string Difference(string state, string baseline) => $"is {state} and not {baseline}";
}

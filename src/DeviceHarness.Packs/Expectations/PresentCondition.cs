using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Expectations;

/// <summary>The value is there, or is not.</summary>
internal sealed class PresentCondition(bool isPresent) : ValueCondition
{
    public override IEnumerable<TextTemplate> Templates => [];

    public override string ToString() =>
        isPresent ? "any value" : ExpectationResult.Nothing;

    public override ConditionResult Evaluate(string? found, VariableSet variables) =>
        new(found is not null == isPresent, isPresent ? "any value" : ExpectationResult.Nothing);
}

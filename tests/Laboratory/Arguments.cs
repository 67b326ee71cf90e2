using System.Globalization;

namespace LaborBridge.Tests.Laboratory;

/// <summary>The command line.</summary>
internal static class Arguments
{
    public static bool TryRead(string[] args, out int seed, out double minutes, out int seconds, out bool only, out bool answers)
    {
        (seed, minutes, seconds, only, answers) = (1, 0, 36, true, false);
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            if (!double.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var number) || number <= 0)
            {
                return false;
            }

            switch (args[i])
            {
                case "--seed":
                    seed = (int)number;
                    break;
                case "--minutes":
                    (minutes, only) = (number, false);
                    break;
                case "--seconds":
                    seconds = (int)number;
                    break;
                case "--answers":
                    answers = true;
                    break;
                default:
                    return false;
            }
        }

        return args.Length % 2 == 0;
    }
}

# What README.md shows of the module is what it does.
BeforeAll { . (Join-Path $PSScriptRoot common.ps1) }

Describe 'README.md' {
    It 'shows what its commands print' {
        $text = Get-Content -Raw (Join-Path $Root README.md)
        $pairs = [regex]::Matches($text, '(?s)```powershell\n(?<code>(?:(?!```).)*)```\s+```\n(?<output>(?:(?!```).)*)```')
        $pairs.Count | Should -Be 4
        ($text.Substring(0, $pairs[1].Index + $pairs[1].Length) -split "`n").Count | Should -BeLessThan 50 -Because 'it is the first screen'
        $database = $env:PATTERN_ANALYSIS_DATABASE
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ada)).FullName
        Copy-Item (Join-Path $Root samples) $folder -Recurse
        Push-Location $folder
        try {
            foreach ($pair in $pairs) {
                # One after the other, as they are typed.
                $printed = [scriptblock]::Create($pair.Groups['code'].Value).Ast.EndBlock.Statements |
                    ForEach-Object { & ([scriptblock]::Create($_.Extent.Text)) 6>&1 | Out-String -Width 200 }
                $lines = { param ($text) ($text -join "`n" -split '\r?\n').TrimEnd() | Where-Object { $_ } }
                (& $lines $printed).Replace($folder, '/home/ada') | Should -Be (& $lines $pair.Groups['output'].Value)
            }
        } finally {
            Pop-Location
            $env:PATTERN_ANALYSIS_DATABASE = $database
        }
    }
}
